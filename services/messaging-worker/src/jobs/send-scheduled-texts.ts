import type { TenantDatabase } from '@frontdesk/db';
import { failpoint, type Clock, type Logger } from '@frontdesk/kernel';
import { askForScheduledText } from '@frontdesk/messaging/postgres';
import { workThrough, type DueRow, type FoundRow } from '@frontdesk/queue';
import { meter } from '@frontdesk/runtime';

const textsPerRound = 100;

/** Asks for one scheduled text when it is due and still has its reason. Its alarm may ring early, late or twice. */
export function makeSendScheduledText({ database, clock }: { database: TenantDatabase; clock: Clock }) {
  const ended = meter().createCounter('frontdesk_messaging_scheduled_texts', {
    description: 'reminders and follow-ups that came to their time, by what came of them',
  });
  return async ({ orgId, id }: DueRow): Promise<void> => {
    const outcome = await database.inTenant(orgId, (tx) => askForScheduledText(tx, { orgId, id, now: clock() }));
    if (outcome === null) return;
    failpoint('scheduled.after-commit');
    ended.add(1, { kind: outcome.textKind, outcome: outcome.outcome });
  };
}

/** Asks for the scheduled texts that no alarm brought, though they have been due for `grace`. */
export function makeSendScheduledTexts(ports: {
  database: Pick<TenantDatabase, 'lookUp'>;
  sendScheduledText: (row: DueRow) => Promise<void>;
  clock: Clock;
  logger: Logger;
  grace: Temporal.Duration;
}): () => Promise<void> {
  const { database, sendScheduledText, clock, logger, grace } = ports;
  return async () => {
    const dueBefore = new Date(clock().subtract(grace).epochMilliseconds);
    const due = await database.lookUp<FoundRow>`
      select org_id, id from due_scheduled_texts(${dueBefore}, ${textsPerRound}::int)`;
    await workThrough(due, sendScheduledText, logger);
  };
}
