import { TextRequestedV1, type Channel } from '@frontdesk/contracts';
import { outboxRow, toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { contentWarnings } from '../content/content-warnings.ts';
import { costOn } from '../segments/parts-on-channel.ts';
import type { TextRequest } from './text-request.ts';

/** Writes the row of one text, with what it costs, and the event that makes it leave. False when its cause has one already. */
export async function writeText(
  tx: TenantTransaction,
  text: TextRequest & { id: Id; channel: Channel },
): Promise<boolean> {
  const { orgId, id, channel, recipient, body, expiresAt, appointment, now } = text;
  const person = 'contactId' in recipient ? recipient : { contactId: null, conversationId: null };
  const staffMemberId = 'staffMemberId' in recipient ? recipient.staffMemberId : null;
  const cost = costOn(channel, body);
  const warnings = channel === 'sms' ? contentWarnings(body).map(({ code }) => code) : [];
  const event = outboxRow({
    definition: TextRequestedV1,
    orgId,
    data: { messageId: id, recipientId: 'contactId' in recipient ? recipient.contactId : recipient.staffMemberId },
    occurredAt: now,
    correlationId: text.correlationId,
    causationId: text.causationId,
  });
  const written = await tx.$executeRaw`
    with text as (
      insert into outbound_messages (org_id, id, conversation_id, contact_id, staff_member_id, channel, from_number, to_number,
        class, kind, body, segments, encoding, content_warnings, media_urls, expires_at, appointment_id,
        appointment_starts_at, choices, template_values, cause_key, next_attempt_at, created_at, state_at)
      values (${orgId}::uuid, ${id}::uuid, ${person.conversationId}::uuid, ${person.contactId}::uuid,
        ${staffMemberId}::uuid, ${channel}, ${text.from}, ${text.to}, ${text.class}, ${text.kind}, ${body}, ${cost?.segments ?? null}::smallint,
        ${cost?.encoding ?? null}, ${warnings}::text[], ${text.mediaUrls ?? []}::text[],
        ${expiresAt === undefined ? null : toDate(expiresAt)}::timestamptz,
        ${appointment?.id ?? null}::uuid, ${appointment === undefined ? null : toDate(appointment.startsAt)}::timestamptz,
        ${JSON.stringify(text.choices ?? [])}::jsonb, ${JSON.stringify(text.values ?? {})}::jsonb,
        ${text.causeKey}, ${toDate(now)}, ${toDate(now)}, ${toDate(now)})
      on conflict (org_id, cause_key) do nothing
      returning org_id)
    insert into outbox (org_id, queue, group_id, shard, event_id, envelope)
    select org_id, ${event.queue}, ${event.groupId}, ${event.shard}::smallint, ${event.eventId}::uuid,
      ${JSON.stringify(event.envelope)}::jsonb
    from text`;
  return written > 0;
}
