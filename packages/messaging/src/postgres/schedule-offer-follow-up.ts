import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { planOfferFollowUp } from '../scheduled/plan-offer-follow-up.ts';
import { lostReasons } from '../scheduled/reason-to-send.ts';
import type { ScheduledRow } from '../scheduled/scheduled-text.ts';
import { lockPlan, writeScheduledTexts } from './write-scheduled-texts.ts';

/** Whether the clinic follows up on offers that nobody answers. */
export async function followsUpOffers(tx: TenantTransaction, orgId: Id): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select from organizations where id = ${orgId}::uuid and offer_follow_up_minutes is not null`;
  return rows.length > 0;
}

/** Schedules the one follow-up on the newest offer of a conversation, in place of one on an older offer. */
export async function scheduleOfferFollowUp(
  tx: TenantTransaction,
  planning: { orgId: Id; conversationId: Id; causationId: string | null; now: Temporal.Instant },
): Promise<ScheduledRow[]> {
  const { orgId, conversationId, causationId, now } = planning;
  await lockPlan(tx, conversationId);
  const [row] = await tx.$queryRaw<{ contact_id: Id; offered_at: Date | null; minutes: number | null }[]>`
    select c.contact_id, o.offer_follow_up_minutes as minutes, (select max(offered_at) from time_offers
      where org_id = c.org_id and conversation_id = c.id) as offered_at
    from conversations c join organizations o on o.id = c.org_id
    where c.org_id = ${orgId}::uuid and c.id = ${conversationId}::uuid`;
  if (row?.offered_at == null) return [];
  const offeredAt = toInstant(row.offered_at);
  const planned = planOfferFollowUp({ conversationId, offeredAt }, row.minutes);
  await tx.$executeRaw`
    update scheduled_texts set state = 'cancelled', reason = ${lostReasons['newer-offer']}, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and conversation_id = ${conversationId}::uuid and kind = 'offer-follow-up'
      and state = 'scheduled' and offered_at < ${toDate(offeredAt)}::timestamptz`;
  if (planned === null) return [];
  const person = { contactId: row.contact_id, conversationId };
  return writeScheduledTexts(tx, { orgId, person, about: { offeredAt }, plan: [planned], causationId, now });
}
