import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { suppressions } from '../clear-to-send.ts';
import type { TextTasks } from '../ports.ts';
import { waitingTaskKey } from '../text-task.ts';

/** Texts that no carrier was asked to take yet never leave: all, or those asked for before a moment. Returns how many. */
export async function suppressOpenTexts(
  tx: TenantTransaction,
  { orgId, reason, now, before = now }: { orgId: Id; reason: string; now: Temporal.Instant; before?: Temporal.Instant },
): Promise<number> {
  return tx.$executeRaw`
    update outbound_messages
    set state = 'suppressed', reason = ${reason}, next_attempt_at = null, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and state = 'queued' and created_at <= ${toDate(before)}`;
}

/** What waits to leave to a person never leaves, the answers to their keywords apart, and nobody has to look after it. */
export async function suppressTextsTo(
  tx: TenantTransaction,
  { orgId, phone, reason, now }: { orgId: Id; phone: string; reason: string; now: Temporal.Instant },
  tasks: Pick<TextTasks, 'resolve'>,
): Promise<void> {
  const texts = await tx.$queryRaw<{ id: Id; attempts: number }[]>`
    update outbound_messages
    set state = 'suppressed', reason = ${reason}, next_attempt_at = null, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and to_number = ${phone} and state = 'queued' and class <> 'keyword-answer'
    returning id, attempts`;
  for (const { id, attempts } of texts) await tasks.resolve(tx, { orgId, causeKey: waitingTaskKey(id, attempts), now });
}

/** What waits to leave from a number that is the clinic's no more never leaves. Returns how many texts that are. */
export async function suppressTextsFrom(
  tx: TenantTransaction,
  { orgId, number, now }: { orgId: Id; number: string; now: Temporal.Instant },
): Promise<number> {
  return tx.$executeRaw`
    update outbound_messages
    set state = 'suppressed', reason = ${suppressions['from-number-gone']}, next_attempt_at = null, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and from_number = ${number} and state = 'queued'`;
}
