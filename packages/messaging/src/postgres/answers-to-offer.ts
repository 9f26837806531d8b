import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** What has made a follow-up on offered times needless. */
export type AnswersToOffer = {
  /** The person wrote after the times were offered. */
  personWrote: boolean;
  /** The person has a visit ahead, or a time is held for them. */
  hasVisit: boolean;
  handedOver: boolean;
};

/** What became of the times that the follow-up on them, one of the scheduled texts, asks about. */
export async function answersToOffer(
  tx: TenantTransaction,
  { orgId, scheduledId, now }: { orgId: Id; scheduledId: Id; now: Temporal.Instant },
): Promise<AnswersToOffer> {
  const [row] = await tx.$queryRaw<{ person_wrote: boolean; has_visit: boolean; handed_over: boolean }[]>`
    select c.state = 'handed_off' as handed_over,
      exists (select from inbound_messages i
        where i.org_id = s.org_id and i.conversation_id = s.conversation_id and i.created_at > s.offered_at)
        as person_wrote,
      exists (select from appointments h
        where h.org_id = s.org_id and h.contact_id = s.contact_id and h.ends_at > ${toDate(now)}::timestamptz
          and (h.state = 'confirmed' or h.state = 'held' and h.hold_expires_at > ${toDate(now)}::timestamptz))
        as has_visit
    from scheduled_texts s join conversations c on c.org_id = s.org_id and c.id = s.conversation_id
    where s.org_id = ${orgId}::uuid and s.id = ${scheduledId}::uuid and s.offered_at is not null`;
  return {
    personWrote: row?.person_wrote ?? false,
    hasVisit: row?.has_visit ?? false,
    handedOver: row?.handed_over ?? false,
  };
}
