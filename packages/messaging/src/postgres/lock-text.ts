import { toInstant, type TenantTransaction } from '@frontdesk/db';
import { NotFound, type Id } from '@frontdesk/kernel';
import { heldUp } from '../outcome.ts';
import type { TextClass } from '../text-class.ts';
import { leavesBySms } from '../whatsapp/sms-instead.ts';
import { answersToOffer, type AnswersToOffer } from './answers-to-offer.ts';
import { findSmsLine, type SmsLine } from './find-sms-line.ts';
import { hasUnclearWish } from './has-unclear-wish.ts';
import { lockedText, type LockedText, type QueuedTextRow } from './locked-text.ts';
import { readWhatsApp } from './read-whatsapp.ts';

const unanswered: AnswersToOffer = { personWrote: false, hasVisit: false, handedOver: false };

/**
 * Locks a queued text and reads what the last gate wants to know. It never waits for the lock, so that what it reads of
 * other tables (above all the opt-out) is as fresh as the lock itself. Null when the text is not queued any more, or
 * somebody else is at it.
 * @throws NotFound when the clinic has no such text
 */
export async function lockQueuedText(
  tx: TenantTransaction,
  { orgId, messageId, now }: { orgId: Id; messageId: Id; now: Date },
): Promise<LockedText | null> {
  const [row] = await tx.$queryRaw<QueuedTextRow[]>`
    select m.channel, m.class, m.kind, m.from_number, m.to_number, m.body, m.attempts, m.next_attempt_at, m.created_at,
      m.contact_id, m.conversation_id, o.name, o.time_zone, o.texts_from::text, o.texts_until::text, m.expires_at, m.media_urls,
      m.choices, m.template_values, m.window_closed_at, m.reason,
      c.time_zone as person_zone, c.us_state,
      exists (select from marketing_consents where org_id = m.org_id and phone = m.to_number) as marketing_consent,
      m.appointment_id is not null and not exists (select from appointments a
        where a.org_id = m.org_id and a.id = m.appointment_id and a.state = 'confirmed'
          and a.starts_at = m.appointment_starts_at) as visit_changed,
      case when m.kind = 'offer-follow-up' and m.cause_key like 'scheduled:%' then split_part(m.cause_key, ':', 2) end as follow_up_id,
      exists (select from opt_outs where org_id = m.org_id and phone = m.to_number)
        or is_erased_opt_out(m.org_id, m.to_number) as opted_out,
      case when p.e164 is not null then json_build_object('channel', 'sms', 'number', p.e164, 'carrier', p.carrier,
        'messagingProfileId', p.messaging_profile_id, 'textsPerSecond', p.texts_per_second, 'campaign', p.campaign) end as home,
      coalesce(p.campaign_closed, false) as campaign_closed,
      coalesce((select json_agg(json_build_object('channel', 'sms', 'number', s.e164, 'carrier', s.carrier,
          'messagingProfileId', s.messaging_profile_id, 'textsPerSecond', s.texts_per_second, 'campaign', s.campaign)
          order by s.location_id <> p.location_id, s.e164)
        from phone_numbers s where s.org_id = m.org_id and s.carrier <> p.carrier and not s.campaign_closed
          and m.class <> 'keyword-answer'), '[]') as stand_ins,
      case when m.attempts = 0 then '[]' else coalesce((select json_agg(json_build_object('carrier', a.provider, 'outcome', a.outcome))
        from send_attempts a where a.org_id = m.org_id and a.message_id = m.id and coalesce(a.channel, m.channel) = m.channel
          and a.error_code is distinct from ${heldUp}), '[]') end as tries,
      exists (select from outbound_messages e
        where e.org_id = m.org_id and e.to_number = m.to_number and e.seq < m.seq
          and (e.state = 'queued' and e.next_attempt_at < ${now}::timestamptz + interval '30 seconds' and e.priority <= m.priority
            or e.state = 'sending' and e.state_at > ${now}::timestamptz - interval '30 seconds')) as follows_open,
      -- A turn's reply is caused by the turn, whose texts are the newest of the conversation.
      (select min(newest.created_at) from (
          select created_at, handled_turn_id from inbound_messages
          where org_id = m.org_id and conversation_id = m.conversation_id and m.class = 'reply'
          order by seq desc limit 20) newest
        where m.cause_key = 'turn:' || newest.handled_turn_id) as answers_since,
      not exists (select from outbound_messages e
        where e.org_id = m.org_id and e.conversation_id = m.conversation_id and e.seq < m.seq) as is_first,
      exists (select from outbound_messages e
        where e.org_id = m.org_id and e.conversation_id = m.conversation_id and e.id <> m.id
          and e.class <> 'keyword-answer' and e.state in ('sending', 'sent', 'delivered', 'read', 'unknown')) as met
    from outbound_messages m join organizations o on o.id = m.org_id
      left join phone_numbers p on p.org_id = m.org_id and p.e164 = m.from_number and m.channel = 'sms'
      left join contacts c on c.org_id = m.org_id and c.id = m.contact_id
    where m.org_id = ${orgId}::uuid and m.id = ${messageId}::uuid and m.state = 'queued'
    for update of m skip locked`;
  if (row !== undefined) {
    const { follow_up_id: scheduledId } = row;
    const { personWrote, hasVisit, handedOver } =
      scheduledId === null ? unanswered : await answersToOffer(tx, { orgId, scheduledId, now: toInstant(now) });
    const wishUnclear = row.class === 'marketing' && (await hasUnclearWish(tx, { orgId, messageId }));
    const text = { ...lockedText(row), wishUnclear, personWrote, offerIsSettled: hasVisit || handedOver };
    return row.channel === 'sms' ? text : { ...text, ...(await onWhatsApp(tx, { orgId, row, now: toInstant(now) })) };
  }
  const known = await tx.$queryRaw<unknown[]>`
    select 1 from outbound_messages where org_id = ${orgId}::uuid and id = ${messageId}::uuid`;
  if (known.length === 0) throw new NotFound(`the text ${messageId} is not known`);
  return null;
}

/** Where a text of WhatsApp leaves from instead, and what the gate asks besides. */
async function onWhatsApp(
  tx: TenantTransaction,
  { orgId, row, now }: { orgId: Id; row: QueuedTextRow; now: Temporal.Instant },
): Promise<Pick<LockedText, 'home' | 'fromNumberIsClinics' | 'onWhatsApp' | 'tries' | 'smsInstead'>> {
  const {
    home,
    onWhatsApp: facts,
    isAbsent,
  } = await readWhatsApp(tx, {
    orgId,
    conversationId: row.conversation_id,
    from: row.from_number,
    class: row.class as TextClass, // a check constraint keeps it among the classes
    kind: row.kind,
    values: row.template_values,
    hasMedia: row.media_urls.length > 0,
    closedAt: row.window_closed_at === null ? null : toInstant(row.window_closed_at),
    now,
  });
  // What was refused since the window is closed leaves as a template, by the same sender.
  const tries = row.tries.filter(({ outcome }) => outcome !== 'refused');
  const smsInstead = isAbsent ? await lineInstead(tx, { orgId, row, now }) : null;
  return { home, fromNumberIsClinics: home !== null, onWhatsApp: facts, tries, smsInstead };
}

async function lineInstead(
  tx: TenantTransaction,
  { orgId, row, now }: { orgId: Id; row: QueuedTextRow; now: Temporal.Instant },
): Promise<SmsLine | null> {
  const line = await findSmsLine(tx, { orgId, sender: row.from_number });
  const expiresAt = row.expires_at === null ? null : toInstant(row.expires_at);
  const ofClass = row.class as TextClass; // as above
  const text = { class: ofClass, to: row.to_number, line: line?.number ?? null, expiresAt };
  return leavesBySms(text, { triedAt: null, now }) ? line : null;
}
