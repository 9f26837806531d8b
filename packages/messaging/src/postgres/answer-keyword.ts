import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { keywordAnswer } from '../keyword-answers.ts';
import type { Keyword } from '../keywords.ts';
import { languageOf } from '../language.ts';
import { keywordAnswerKinds } from '../text-class.ts';
import { actor } from './actor.ts';
import { findReceivedText, type ReceivedText } from './find-received-text.ts';
import { requestText } from './request-text.ts';

export type KeywordReceived = {
  orgId: Id;
  /** The inbound text. */
  messageId: Id;
  contactId: Id;
  keyword: Keyword;
  answeredByCarrier: boolean;
  causationId: string;
  now: Temporal.Instant;
};

/** Why a keyword got no answer of the desk. */
export type KeywordEffect = 'answered' | 'carrier-answered' | 'nothing-changed' | 'too-late';

const promptly = Temporal.Duration.from({ minutes: 5 });

/**
 * Answers STOP, HELP or START with exactly one text, unless the carrier already did. Who says STOP or START twice hears
 * it once; who begins with START is welcome.
 */
export async function answerKeyword(tx: TenantTransaction, received: KeywordReceived): Promise<KeywordEffect> {
  const { orgId, messageId, contactId, keyword, causationId, now } = received;
  const effect = received.answeredByCarrier
    ? 'carrier-answered'
    : await answerText(tx, received, await findReceivedText(tx, received));
  await recordAudit(tx, {
    orgId,
    actor,
    action: 'keyword received',
    subject: { type: 'contact', id: contactId },
    at: now,
    details: { keyword, effect, message: messageId, cause: causationId },
  });
  return effect;
}

/** The one answer, in the language of the words that asked for it. */
export async function answerText(
  tx: TenantTransaction,
  { orgId, messageId, contactId, keyword, causationId, now }: Omit<KeywordReceived, 'answeredByCarrier'>,
  text: ReceivedText,
): Promise<KeywordEffect> {
  if (keyword === 'stop' && text.consentBefore === 'opt-out') return 'nothing-changed';
  if (keyword === 'start' && text.consentBefore === 'opt-in') return 'nothing-changed';
  const isLate = Temporal.Instant.compare(text.receivedAt.add(promptly), now) <= 0;
  if (keyword === 'stop' && isLate) return 'too-late';
  await requestText(tx, {
    orgId,
    recipient: { contactId, conversationId: text.conversationId },
    from: text.to,
    to: text.from,
    channel: text.channel,
    class: 'keyword-answer',
    kind: keywordAnswerKinds[keyword],
    body: keywordAnswer(keyword, languageOf(text.body), text.clinic),
    causeKey: `keyword:${messageId}`,
    correlationId: text.conversationId,
    causationId,
    now,
  });
  return 'answered';
}
