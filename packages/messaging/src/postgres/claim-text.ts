import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, parsePhoneNumber, present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { clearToSend, suppressions, type SuppressionReason } from '../clear-to-send.ts';
import { plainPunctuation } from '../plain-punctuation.ts';
import type { OutgoingText, TextTasks } from '../ports.ts';
import { textTaskKey } from '../text-task.ts';
import { actor } from './actor.ts';
import { lockQueuedText, type Answers, type LockedText } from './lock-text.ts';

/** A text that this process alone may now hand to the carrier, once. */
export type ClaimedText = OutgoingText & {
  orgId: Id;
  messageId: Id;
  /** Which try this is, from 1. */
  attempt: number;
  contactId: Id | null;
  conversationId: Id | null;
  answers: Answers | null;
};

export type Claim =
  | { kind: 'claimed'; text: ClaimedText }
  | { kind: 'wait'; until: Temporal.Instant }
  /** Sent before, suppressed, or in other hands: nothing to do here. */
  | { kind: 'nothing' };

export type ClaimRequest = { orgId: Id; messageId: Id; provider: string; now: Temporal.Instant };

const nothing: Claim = { kind: 'nothing' };
/** Reasons that are nobody's fault and need nobody's attention. */
const expected: readonly SuppressionReason[] = ['opted-out', 'marketing-unsupported', 'confirmation-too-late'];

/**
 * Takes a queued text through the last gate and, when it may leave, records the attempt before anybody calls the carrier.
 * After the commit the text counts as possibly sent, whatever becomes of this process.
 */
export async function claimText(tx: TenantTransaction, request: ClaimRequest, tasks: TextTasks): Promise<Claim> {
  const { orgId, messageId, now } = request;
  const text = await lockQueuedText(tx, { orgId, messageId, now: toDate(now) });
  if (text === null) return nothing;
  if (Temporal.Instant.compare(text.dueAt, now) > 0) return { kind: 'wait', until: text.dueAt };
  const clearance = clearToSend(text, now);
  switch (clearance.kind) {
    case 'suppressed':
      await suppress(tx, request, clearance.reason);
      if (text.contactId !== null && !expected.includes(clearance.reason)) {
        const reason = `A text to the patient was not sent: ${suppressions[clearance.reason]}.`;
        const { conversationId } = text;
        const causeKey = textTaskKey('text-failed', messageId);
        await tasks.open(tx, { orgId, kind: 'text-failed', causeKey, messageId, conversationId, reason, now });
      }
      return nothing;
    case 'wait':
      await tx.$executeRaw`
        update outbound_messages set next_attempt_at = ${toDate(clearance.until)}
        where org_id = ${orgId}::uuid and id = ${messageId}::uuid`;
      return clearance;
    case 'cleared':
      return { kind: 'claimed', text: await startAttempt(tx, request, text, clearance.to) };
  }
}

async function suppress(tx: TenantTransaction, { orgId, messageId, now }: ClaimRequest, reason: SuppressionReason) {
  await tx.$executeRaw`
    with text as (
      update outbound_messages
      set state = 'suppressed', reason = ${suppressions[reason]}, next_attempt_at = null, state_at = ${toDate(now)}
      where org_id = ${orgId}::uuid and id = ${messageId}::uuid
      returning org_id, id
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select org_id, ${newId()}::uuid, ${actor}, 'text suppressed', 'outbound_message', id,
      jsonb_build_object('reason', ${reason}::text), ${toDate(now)} from text`;
}

async function startAttempt(
  tx: TenantTransaction,
  { orgId, messageId, provider, now }: ClaimRequest,
  text: LockedText,
  to: PhoneNumber,
): Promise<ClaimedText> {
  const attemptId = newId();
  const attempt = text.attempts + 1;
  await tx.$executeRaw`
    with text as (
      update outbound_messages
      set state = 'sending', attempts = ${attempt}, next_attempt_at = null, state_at = ${toDate(now)}
      where org_id = ${orgId}::uuid and id = ${messageId}::uuid
      returning org_id, id
    ), attempt as (
      insert into send_attempts (org_id, id, message_id, number, provider, started_at)
      select org_id, ${attemptId}::uuid, id, ${attempt}, ${provider}, ${toDate(now)} from text
      returning org_id, id, number
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select org_id, ${newId()}::uuid, ${actor}, 'send attempted', 'send_attempt', id,
      jsonb_build_object('message', ${messageId}::text, 'number', number), ${toDate(now)} from attempt`;
  return {
    orgId,
    messageId,
    attemptId,
    attempt,
    from: present(parsePhoneNumber(text.from), 'the number of the clinic'),
    to,
    body: plainPunctuation(text.body),
    mediaUrls: text.mediaUrls,
    messagingProfileId: present(text.messagingProfileId, 'the messaging profile of the number'),
    contactId: text.contactId,
    conversationId: text.conversationId,
    answers: text.answers,
  };
}
