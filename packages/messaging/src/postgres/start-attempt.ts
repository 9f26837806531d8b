import type { CarrierName } from '@frontdesk/contracts';
import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, parsePhoneNumber, present, type Id, type PersonAddress } from '@frontdesk/kernel';
import type { OutgoingText } from '../ports.ts';
import type { TextClass } from '../text-class.ts';
import { wordingAtCarrier } from '../wording-at-carrier.ts';
import type { SendingNumber } from '../route.ts';
import type { ChosenTemplate } from '../whatsapp/choose-template.ts';
import { actor } from './actor.ts';
import type { Answers, LockedText } from './locked-text.ts';

/** A text that this process alone may now hand to the carrier, once. */
export type ClaimedText = OutgoingText & {
  orgId: Id;
  messageId: Id;
  carrier: CarrierName;
  /** It leaves from another number than it was to. */
  isStandIn: boolean;
  class: TextClass;
  /** When somebody asked for it. */
  askedAt: Temporal.Instant;
  claimedAt: Temporal.Instant;
  /** Which try at a carrier this is, from 1. */
  attempt: number;
  /** Another carrier is left should this one refuse it. */
  otherWay: boolean;
  /** The provider may still say that the window is closed: then the text leaves once more, as a template. */
  mayBeOutside: boolean;
  templateId: Id | null;
  contactId: Id | null;
  conversationId: Id | null;
  answers: Answers | null;
};

export type AttemptToStart = {
  orgId: Id;
  messageId: Id;
  now: Temporal.Instant;
  text: LockedText;
  to: PersonAddress;
  /** What is said in place of the words. */
  template: ChosenTemplate | null;
  leaving: { number: SendingNumber; isStandIn: boolean };
  otherWay: boolean;
};

/** Records a try before anybody calls the carrier. */
export async function startAttempt(tx: TenantTransaction, start: AttemptToStart): Promise<ClaimedText> {
  const { orgId, messageId, now, text, to, template, otherWay } = start;
  const templateId = template?.id ?? null;
  const { number: from, isStandIn } = start.leaving;
  const attemptId = newId();
  const number = text.attempts + 1;
  await tx.$executeRaw`
    with text as (
      update outbound_messages
      set state = 'sending', reason = null, attempts = ${number}, next_attempt_at = null, state_at = ${toDate(now)},
        template_id = ${templateId}::uuid, asked_body = case when ${templateId}::uuid is null then asked_body else coalesce(asked_body, body) end,
        body = case when ${templateId}::uuid is null then body else ${text.body} end
      where org_id = ${orgId}::uuid and id = ${messageId}::uuid
      returning org_id, id
    ), attempt as (
      insert into send_attempts (org_id, id, message_id, number, provider, channel, from_number, started_at)
      select org_id, ${attemptId}::uuid, id, ${number}, ${from.carrier}, ${text.channel}, ${from.number}, ${toDate(now)} from text
      returning org_id, id, number
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select org_id, ${newId()}::uuid, ${actor}, 'send attempted', 'send_attempt', id,
      jsonb_build_object('message', ${messageId}::text, 'number', number, 'carrier', ${from.carrier}::text), ${toDate(now)}
    from attempt`;
  return {
    orgId,
    messageId,
    attemptId,
    channel: text.channel,
    choices: template === null ? text.choices : [],
    template,
    carrier: from.carrier,
    isStandIn,
    class: text.class,
    askedAt: text.createdAt,
    claimedAt: now,
    attempt: text.calls + 1,
    otherWay,
    mayBeOutside: text.onWhatsApp !== null && template === null && text.onWhatsApp.closedAt === null,
    templateId,
    from: present(parsePhoneNumber(from.number), 'the number of the clinic'),
    to,
    body: wordingAtCarrier(text.body, { isStandIn, clinicName: text.clinicName }),
    mediaUrls: template === null ? text.mediaUrls : [],
    messagingProfileId: from.messagingProfileId,
    contactId: text.contactId,
    conversationId: text.conversationId,
    answers: text.answers,
  };
}
