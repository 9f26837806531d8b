import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import { NotFound, TransientFailure, type Id } from '@frontdesk/kernel';

/** The right to run a turn. Whoever takes the lease next raises the fence, and this one's writes are refused. */
export type Lease = {
  orgId: Id;
  conversationId: Id;
  fence: number;
  contactId: Id;
  clinicNumber: string;
  /** That of the text that has waited longest. */
  channel: Channel;
  state: 'desk' | 'handed_off';
};

/** Another worker took the conversation over; nothing more of this turn may be written. */
export class StaleLease extends TransientFailure {
  constructor() {
    super('another worker took over the conversation');
  }
}

type Row = {
  /** Of the text that has waited longest; null when none waits. */
  channel: Channel | null;
  fence: number | null;
  contact_id: string;
  clinic_number: string;
  state: Lease['state'];
};

/**
 * Takes the lease when texts wait and nobody runs a turn. Leases are timed by the database's clock, so that the clocks
 * of workers may differ. A hand-over from longer than `handOffMs` ago ends with it.
 */
export async function takeLease(
  tx: TenantTransaction,
  { orgId, conversationId, leaseMs, handOffMs }: { orgId: Id; conversationId: Id; leaseMs: number; handOffMs: number },
): Promise<Lease | 'nothing' | 'busy'> {
  const [row] = await tx.$queryRaw<Row[]>`
    with waiting as (
      select (select channel from inbound_messages
        where org_id = ${orgId}::uuid and conversation_id = ${conversationId}::uuid and handled_by is null
        order by seq limit 1) as channel),
    leased as (
      update conversations set fence = fence + 1, leased_until = now() + ${leaseMs} * interval '1 millisecond',
        state = case when handed_off_at <= now() - ${handOffMs} * interval '1 millisecond' then 'desk' else state end
      where org_id = ${orgId}::uuid and id = ${conversationId}::uuid
        and (leased_until is null or leased_until <= now()) and (select channel from waiting) is not null
      returning fence::int, state)
    select waiting.channel, leased.fence, c.contact_id, c.clinic_number, coalesce(leased.state, c.state) as state
    from conversations c cross join waiting left join leased on true
    where c.org_id = ${orgId}::uuid and c.id = ${conversationId}::uuid`;
  if (row === undefined) throw new NotFound(`conversation ${conversationId} is not known`);
  if (row.channel === null) return 'nothing';
  if (row.fence === null) return 'busy';
  const { fence, contact_id: contactId, clinic_number: clinicNumber, channel, state } = row;
  return { orgId, conversationId, fence, contactId, clinicNumber, channel, state };
}

type Held = { orgId: Id; conversationId: Id; fence: number };

/** Locks the conversation until the transaction ends. @throws StaleLease when the lease is no longer this one */
export async function checkFence(tx: TenantTransaction, { orgId, conversationId, fence }: Held): Promise<void> {
  const locked = await tx.$queryRaw<unknown[]>`
    select id from conversations
    where org_id = ${orgId}::uuid and id = ${conversationId}::uuid and fence = ${fence}
    for no key update`;
  if (locked.length === 0) throw new StaleLease();
}

/** @throws StaleLease when the lease is no longer this one */
export async function renewLease(
  tx: TenantTransaction,
  { orgId, conversationId, fence, leaseMs }: Held & { leaseMs: number },
): Promise<void> {
  const renewed = await tx.$executeRaw`
    update conversations set leased_until = now() + ${leaseMs} * interval '1 millisecond'
    where org_id = ${orgId}::uuid and id = ${conversationId}::uuid and fence = ${fence} and leased_until is not null`;
  if (renewed === 0) throw new StaleLease();
}

/** Gives the lease back in the transaction that ends the turn. @throws StaleLease when it is no longer this one */
export async function releaseLease(
  tx: TenantTransaction,
  { orgId, conversationId, fence, handOff, unchecked }: Held & { handOff: boolean; unchecked: boolean },
): Promise<void> {
  const released = await tx.$executeRaw`
    update conversations set leased_until = null,
      state = case when ${handOff}::boolean then 'handed_off' else state end,
      handed_off_at = case when ${handOff}::boolean then now() else handed_off_at end
    where org_id = ${orgId}::uuid and id = ${conversationId}::uuid and (fence = ${fence} or ${unchecked}::boolean)`;
  if (released === 0) throw new StaleLease();
}

/** How long the newest unanswered text has been there; null when none waits. */
export async function quietFor(
  tx: TenantTransaction,
  { orgId, conversationId }: { orgId: Id; conversationId: Id },
): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ quiet_ms: number | null }[]>`
    select (extract(epoch from now() - max(created_at)) * 1000)::float8 as quiet_ms from inbound_messages
    where org_id = ${orgId}::uuid and conversation_id = ${conversationId}::uuid and handled_by is null`;
  return row?.quiet_ms ?? null;
}
