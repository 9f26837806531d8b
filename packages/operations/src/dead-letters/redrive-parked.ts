import type { SQSClient } from '@aws-sdk/client-sqs';
import { catalogue, type Envelope } from '@frontdesk/contracts';
import { shardOf, type OperatorDatabase, type OperatorTransaction } from '@frontdesk/db';
import { failpoint, type Clock } from '@frontdesk/kernel';
import { drainOutbox, readEnvelope } from '@frontdesk/queue';
import { auditAct } from '../postgres/audit-operators.ts';
import { findParked, settleParked, type ParkedCursor, type ParkedRow } from '../postgres/parked-messages.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterFilter } from './filter.ts';
import { parkedLetter } from './list-parked.ts';
import type { Pace } from './paced.ts';

const pageSize = 100;
/** After so many rows they are published, so that a long redrive does not arrive all at once. */
const publishEvery = 10;

export type RedriveParkedOptions = {
  /** Null: the desk has no queues, and takes what lies in the outbox by itself. */
  sqs: SQSClient | null;
  database: OperatorDatabase;
  filter: DeadLetterFilter;
  operator: string;
  clock: Clock;
  pace: Pace;
  /** Called for each message once it is on its way for certain. */
  onBack: (letter: DeadLetter) => void;
};

export type RedrivenParked = {
  back: DeadLetter[];
  /** Somebody else was faster. */
  settledBefore: DeadLetter[];
  /** Nothing can carry them: no envelope can be read, or their clinic is not here. */
  impossible: DeadLetter[];
};

/**
 * Puts the matching parked messages back through the outbox: the row is settled, with who did it, in the transaction that
 * appends the event again. What an interrupted redrive left in the outbox is published first.
 */
export async function redriveParked(options: RedriveParkedOptions): Promise<RedrivenParked> {
  const { sqs, database, filter, clock, pace, onBack } = options;
  const result: RedrivenParked = { back: [], settledBefore: [], impossible: [] };
  const publish = async () => {
    if (sqs !== null) await drainOutbox({ pool: database.pool, producer: 'operations', sqs });
  };
  const upToNow = { ...filter, before: filter.before ?? clock() };
  let behind: ParkedCursor | null = null;
  await publish();
  while (true) {
    const page: ParkedRow[] = await findParked(database, upToNow, { most: pageSize, behind });
    for (const row of page) {
      await pace(1);
      const outcome = await putBack(row, options);
      result[outcome].push(parkedLetter(row));
      if (outcome === 'back' && result.back.length % publishEvery === 0) await publish();
      onBack(parkedLetter(row));
    }
    behind = page.at(-1) ?? null;
    if (behind === null) break;
  }
  failpoint('redrive.before-publish');
  await publish();
  return result;
}

/** One transaction: settled, appended and audited, or none of it. */
async function putBack(
  row: ParkedRow,
  { database, operator, clock }: RedriveParkedOptions,
): Promise<keyof RedrivenParked> {
  if (row.resolvedAt !== null) return 'settledBefore';
  const reading = readEnvelope(row.body);
  if (reading.kind === 'unreadable') return 'impossible';
  const { envelope } = reading;
  return database.inTransaction(async (tx) => {
    const at = clock();
    if (!(await clinicIsHere(tx, envelope.orgId))) return 'impossible';
    if (!(await settleParked(tx, { id: row.id, by: operator, how: 'redriven', at }))) return 'settledBefore';
    await appendAgain(tx, row.queue, envelope);
    const { orgId, id: event, type } = envelope;
    const subject = { type: 'parked-message', id: row.id } as const;
    await auditAct(tx, { orgId, operator, action: 'dead-letter.redriven', subject, at, details: { event, type } });
    return 'back';
  });
}

async function clinicIsHere(tx: OperatorTransaction, orgId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`select 1 from organizations where id = ${orgId}::uuid`;
  return rows.length === 1;
}

/**
 * The same event under a deduplication id that SQS has not seen. The inbox knows it by its own id, as before: if it took
 * effect after all, nothing happens twice.
 */
async function appendAgain(tx: OperatorTransaction, queue: string, envelope: Envelope): Promise<void> {
  const groupId = groupOf(envelope);
  const { effects = 'allowed', inbox = 'respected' } = envelope.replay ?? {};
  await tx.$executeRaw`
    insert into outbox (org_id, producer, queue, group_id, shard, event_id, envelope)
    values (${envelope.orgId}::uuid, 'operations', ${queue}, ${groupId}, ${shardOf(groupId)}, ${envelope.id}::uuid,
      ${JSON.stringify(envelope)}::jsonb || jsonb_build_object('replay', jsonb_build_object(
        'number', nextval('replay_numbers'), 'effects', ${effects}::text, 'inbox', ${inbox}::text)))`;
}

/** A type that this code does not know has no group of its own; it keeps the order of its story. */
function groupOf({ type, data, correlationId }: Envelope): string {
  const definition = catalogue.find((each) => each.type === type);
  const parsed = definition?.schema.safeParse(data);
  if (definition !== undefined && parsed?.success === true) return definition.group(parsed.data);
  return correlationId.slice(0, 128) || 'unknown';
}
