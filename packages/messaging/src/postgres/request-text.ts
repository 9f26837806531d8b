import { TextRequestedV1 } from '@frontdesk/contracts';
import { outboxRow, toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import type { TextClass } from '../text-class.ts';

export type TextRequest = {
  orgId: Id;
  recipient: { contactId: Id; conversationId: Id } | { staffMemberId: Id };
  /** The clinic number that the person wrote to last. */
  from: string;
  to: string;
  class: TextClass;
  /** What it says, in one word for people who read the list: `answer`, `deposit-link`, `booking-confirmed`. */
  kind: string;
  body: string;
  /** Pictures that go with it, where the carrier can fetch them. */
  mediaUrls?: readonly string[];
  /** From then on it makes no sense to send it. */
  expiresAt?: Temporal.Instant;
  /** The visit that it is about, and its time as the text says it: cancelled or moved, the text has lost its reason. */
  appointment?: { id: Id; startsAt: Temporal.Instant };
  /** Names the cause: the same cause asks for one text, however often it repeats. */
  causeKey: string;
  correlationId: string;
  causationId: string | null;
  now: Temporal.Instant;
};

/**
 * Asks for a text in the transaction of its cause: the row with the words, and the event that makes it leave.
 * Returns null when the same cause asked before.
 */
export async function requestText(tx: TenantTransaction, request: TextRequest): Promise<Id | null> {
  const { orgId, recipient, expiresAt, appointment, now } = request;
  const id = newId();
  const person = 'contactId' in recipient ? recipient : { contactId: null, conversationId: null };
  const staffMemberId = 'staffMemberId' in recipient ? recipient.staffMemberId : null;
  const event = outboxRow({
    definition: TextRequestedV1,
    orgId,
    data: { messageId: id, recipientId: 'contactId' in recipient ? recipient.contactId : recipient.staffMemberId },
    occurredAt: now,
    correlationId: request.correlationId,
    causationId: request.causationId,
  });
  const written = await tx.$executeRaw`
    with text as (
      insert into outbound_messages (org_id, id, conversation_id, contact_id, staff_member_id, from_number, to_number,
        class, kind, body, media_urls, expires_at, appointment_id, appointment_starts_at, cause_key, next_attempt_at,
        created_at, state_at)
      values (${orgId}::uuid, ${id}::uuid, ${person.conversationId}::uuid, ${person.contactId}::uuid,
        ${staffMemberId}::uuid, ${request.from}, ${request.to}, ${request.class}, ${request.kind}, ${request.body},
        ${request.mediaUrls ?? []}::text[], ${expiresAt === undefined ? null : toDate(expiresAt)}::timestamptz,
        ${appointment?.id ?? null}::uuid, ${appointment === undefined ? null : toDate(appointment.startsAt)}::timestamptz,
        ${request.causeKey}, ${toDate(now)}, ${toDate(now)}, ${toDate(now)})
      on conflict (org_id, cause_key) do nothing
      returning org_id)
    insert into outbox (org_id, queue, group_id, shard, event_id, envelope)
    select org_id, ${event.queue}, ${event.groupId}, ${event.shard}::smallint, ${event.eventId}::uuid,
      ${JSON.stringify(event.envelope)}::jsonb
    from text`;
  return written === 0 ? null : id;
}
