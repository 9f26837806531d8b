import { recordAudit, toDate, type TenantTransaction } from '@frontdesk/db';
import { PermanentFailure, type Clock, type Id } from '@frontdesk/kernel';
import { codesPerDay, maySendCode, mayTryCode } from '../code-limits.ts';
import { orRefusal } from '../or-refusal.ts';
import type { CountCode, HostedNumbers } from '../ports.ts';
import { lockHostedOrder, type HostedOrder } from '../postgres/hosted-orders.ts';
import { ringRegistration } from '../postgres/request-registration.ts';
import { isUnderWay } from './hosted-state.ts';
import { isOwned } from './standing.ts';

type Ports = {
  /** Transactions of the order's clinic. */
  inTenant: <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  hosted: Pick<HostedNumbers, 'sendCode' | 'confirmCode'>;
  clock: Clock;
};
type Asked = { orgId: Id; id: Id; actor: string; requestId: string };

/** Why no code is of use now. */
type NotNow = { kind: 'not-found' } | { kind: 'ended' } | { kind: 'too-early' } | { kind: 'verified' };

export type CodeSent =
  | NotNow
  | { kind: 'sent'; leftToday: number }
  | { kind: 'wait'; until: Temporal.Instant }
  | { kind: 'refused'; reason: string };

export type CodeConfirmed =
  | NotNow
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'no-tries-left' }
  | { kind: 'no-code' }
  | { kind: 'refused'; reason: string };

/** Sends a code to the line. It is counted before the carrier is asked, for the order and for the line, so that nobody is called without end. */
export async function sendLineCode(
  { inTenant, hosted, countCode, clock }: Ports & { countCode: CountCode },
  { orgId, id, actor, requestId, method }: Asked & { method: 'sms' | 'call' },
): Promise<CodeSent> {
  const counted = await inTenant(async (tx) => {
    const found = await orderToVerify(tx, { orgId, id });
    if ('kind' in found) return found;
    const now = clock();
    const may = maySendCode({ count: found.codesSent, lastAt: found.codeSentAt }, now);
    if (may.kind === 'wait') return may;
    const line = await countCode(found.number);
    if (line.kind === 'wait') return line;
    await tx.$executeRaw`
      update hosted_orders set codes_sent = ${may.count}, code_sent_at = ${toDate(now)}, code_tries = 0
      where org_id = ${orgId}::uuid and id = ${id}::uuid`;
    const subject = { type: 'hosted-order', id };
    const details = { method, requestId };
    await recordAudit(tx, { orgId, actor, action: 'hosting code sent', subject, at: now, details });
    return { kind: 'counted' as const, order: found, count: may.count };
  });
  if (counted.kind !== 'counted') return counted;
  const { externalId, number } = counted.order;
  const sent = await orRefusal(hosted.sendCode({ externalId, number, method }));
  if (sent instanceof PermanentFailure) return { kind: 'refused', reason: sent.message };
  return { kind: 'sent', leftToday: codesPerDay - counted.count };
}

/** Gives the carrier the code. Each try is counted before it is made, so that no code is found by trying them all. */
export async function confirmLineCode(
  { inTenant, hosted, clock }: Ports,
  { orgId, id, actor, requestId, code }: Asked & { code: string },
): Promise<CodeConfirmed> {
  const counted = await inTenant(async (tx) => {
    const found = await orderToVerify(tx, { orgId, id });
    if ('kind' in found) return found;
    const may = mayTryCode({ sentAt: found.codeSentAt, tries: found.codeTries });
    if (may.kind !== 'yes') return may;
    await tx.$executeRaw`
      update hosted_orders set code_tries = code_tries + 1 where org_id = ${orgId}::uuid and id = ${id}::uuid`;
    return { kind: 'counted' as const, order: found, triesLeft: may.triesLeft };
  });
  if (counted.kind !== 'counted') return counted;
  const { externalId, number } = counted.order;
  const said = await orRefusal(hosted.confirmCode({ externalId, number, code }));
  if (said instanceof PermanentFailure) return { kind: 'refused', reason: said.message };
  if (said === 'rejected') return { kind: 'wrong', triesLeft: counted.triesLeft };
  await inTenant(async (tx) => {
    const now = clock();
    await tx.$executeRaw`
      update hosted_orders set verified_at = ${toDate(now)},
        state = case when state = 'verifying' then 'documents-wanted' else state end,
        state_at = case when state = 'verifying' then ${toDate(now)}::timestamptz else state_at end
      where org_id = ${orgId}::uuid and id = ${id}::uuid`;
    await ringRegistration(tx, { orgId, id, correlationId: id, now });
    const subject = { type: 'hosted-order', id };
    await recordAudit(tx, { orgId, actor, action: 'hosted line verified', subject, at: now, details: { requestId } });
  });
  return { kind: 'verified' };
}

async function orderToVerify(
  tx: TenantTransaction,
  which: { orgId: Id; id: Id },
): Promise<NotNow | (Omit<HostedOrder, 'externalId'> & { externalId: string })> {
  const order = await lockHostedOrder(tx, which);
  if (order === null) return { kind: 'not-found' };
  const { externalId } = order;
  if (order.verifiedAt !== null || isOwned(order.numberStatus)) return { kind: 'verified' };
  if (order.cancelAskedAt !== null) return { kind: 'ended' };
  if (!isUnderWay(order.state)) return { kind: order.state === 'pending' ? 'too-early' : 'ended' };
  return externalId === null ? { kind: 'too-early' } : { ...order, externalId };
}
