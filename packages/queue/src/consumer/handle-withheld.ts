import type { Envelope, Replay } from '@frontdesk/contracts';
import { recordAudit, recordInInbox, type TenantDatabase, type TenantTransaction } from '@frontdesk/db';
import { withEffectsWithheld, type Clock } from '@frontdesk/kernel';
import type { Handler } from './handler.ts';

export type WithheldOptions<Tx extends TenantTransaction> = {
  handler: Pick<Handler<Tx>, 'outward'>;
  envelope: Envelope;
  database: TenantDatabase<Tx>;
  consumer: string;
  clock: Clock;
  /** Runs the handler. */
  run: () => Promise<void>;
};

/**
 * Handles a replayed event of which nothing may leave the house. A handler that stays within the database runs, and what it
 * writes is marked by the database; one that calls a vendor does not run, and a note in the audit says so. The event counts
 * as handled only where its handler ran, so that a later replay with effects finds it.
 */
export async function handleWithheld<Tx extends TenantTransaction>(
  replay: Replay,
  { handler, envelope, database, consumer, clock, run }: WithheldOptions<Tx>,
): Promise<void> {
  const { id, orgId, type } = envelope;
  const { number } = replay;
  const { itself } = handler.outward;
  if (itself === null) return withEffectsWithheld({ number }, run);
  await database.inTenant(orgId, async (tx) => {
    if (!(await recordInInbox(tx, { consumer, eventId: `${id}:r${number}`, orgId }))) return;
    const subject = { type: 'event', id };
    const details = { replay: number, type, withheld: itself };
    await recordAudit(tx, { orgId, actor: consumer, action: 'replay withheld', subject, at: clock(), details });
  });
}
