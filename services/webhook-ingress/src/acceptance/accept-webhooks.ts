import { inTenants } from '@frontdesk/db';
import { failpoint, present, type Clock } from '@frontdesk/kernel';
import type pg from 'pg';
import type { FindClinics } from '../postgres/find-clinics.ts';
import { meetPeople, type Caller } from '../postgres/meet-people.ts';
import { storeOutbox } from '../postgres/store-outbox.ts';
import { storeClinicEvents, storeOrphanEvents } from '../postgres/store-webhook-events.ts';
import { acceptCalls } from './accept-calls.ts';
import { reportsAsEvents } from './accept-reports.ts';
import { acceptTexts } from './accept-texts.ts';
import { isAbout, type Addressed, type Outcome, type Webhook } from './webhook.ts';

export type Acceptance = {
  pool: pg.Pool;
  findClinics: FindClinics;
  clock: Clock;
  /** The same words from the same person under another id within this time are the same text. */
  repeatWindowMs: number;
};

/** Commits webhooks of any clinics in one transaction, with everything that follows from them, and says what became of each. */
export type AcceptWebhooks = (webhooks: readonly Webhook[]) => Promise<Outcome[]>;

export function makeAcceptWebhooks({ pool, findClinics, clock, repeatWindowMs }: Acceptance): AcceptWebhooks {
  return async (webhooks) => {
    const clinics = await findClinics(webhooks.map(({ addressee }) => addressee));
    const addressed = webhooks.flatMap((webhook, n): Addressed[] => {
      const clinic = clinics[n] ?? null;
      return clinic === null ? [] : [{ ...webhook, clinic }];
    });
    const orphans = webhooks.filter((_, n) => clinics[n] === null);
    const orgIds = [...new Set(addressed.map(({ clinic }) => clinic.orgId))];
    const fresh = await inTenants(pool, orgIds, async (client) => {
      await storeOrphanEvents(
        client,
        orphans.map((webhook) => ({ webhook, orgId: null, parkedReason: whyParked(webhook) })),
      );
      const fresh = await storeClinicEvents(
        client,
        addressed.map((webhook) => ({ webhook, orgId: webhook.clinic.orgId, parkedReason: null })),
      );
      await takeEffect(
        client,
        addressed.filter(({ id }) => fresh.has(id)),
      );
      failpoint('ingress.before-commit');
      return fresh;
    });
    return webhooks.map(({ id }, n) => {
      if (clinics[n] === null) return 'parked';
      return fresh.has(id) ? 'accepted' : 'duplicate';
    });
  };

  async function takeEffect(client: pg.ClientBase, webhooks: readonly Addressed[]): Promise<void> {
    const now = clock();
    const people = await meetPeople(client, webhooks.flatMap(callerOf));
    const events = [
      ...(await acceptTexts(client, webhooks.filter(isAbout('text')), { people, now, repeatWindowMs })),
      ...(await acceptCalls(client, webhooks.filter(isAbout('call')), { people, now })),
      ...reportsAsEvents(webhooks),
    ];
    await storeOutbox(client, events);
  }
}

function callerOf({ content, clinic, occurredAt }: Addressed): Caller[] {
  if ((content.kind !== 'text' && content.kind !== 'call') || content.from === null) return [];
  const clinicNumber = present(clinic.number, 'the number that a text or call came to');
  const textedAt = content.kind === 'text' ? (content.receivedAt ?? occurredAt) : null;
  return [{ orgId: clinic.orgId, phone: content.from, clinicNumber, textedAt }];
}

/** Why nobody got it, for the people who look at what is parked. What the desk ignores anyway is not parked. */
function whyParked({ content, addressee }: Webhook): string | null {
  if (content.kind === 'ignored') return null;
  return addressee.by === 'number'
    ? 'no clinic has the number that it was sent to'
    : 'no clinic has this Square merchant and location';
}
