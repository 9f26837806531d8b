import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { actor } from '../postgres/actor.ts';
import type { TextTasks } from '../ports.ts';
import { answerText, type KeywordEffect } from '../postgres/answer-keyword.ts';
import { lockConsent, wasDecidedSince } from '../postgres/consent-store.ts';
import { findReceivedText } from '../postgres/find-received-text.ts';
import { suppressTextsTo } from '../postgres/suppress-open-texts.ts';
import { suppressions } from '../clear-to-send.ts';
import { recordOptOut } from './record-opt-out.ts';

export type OptOutUnderstood = {
  orgId: Id;
  /** The inbound text in which the model read it. */
  messageId: Id;
  contactId: Id;
  causationId: string;
  now: Temporal.Instant;
};

export type UnderstandingEffect = KeywordEffect | 'decided-since';

/**
 * The conversation's model read a wish for no more texts where no rule saw one. It may only stop: the opt-out is recorded with
 * the person's words, what waits to leave stays, and the person hears of it once. What they have said about texts since, or
 * what came of this very text before, stands.
 */
export async function understandOptOut(
  tx: TenantTransaction,
  { orgId, messageId, contactId, causationId, now }: OptOutUnderstood,
  tasks: Pick<TextTasks, 'resolve'>,
): Promise<UnderstandingEffect> {
  const text = await findReceivedText(tx, { orgId, messageId });
  const effect = await apply();
  await recordAudit(tx, {
    orgId,
    actor,
    action: 'opt-out understood',
    subject: { type: 'contact', id: contactId },
    at: now,
    details: { effect, message: messageId, cause: causationId },
  });
  return effect;

  async function apply(): Promise<UnderstandingEffect> {
    await lockConsent(tx, { orgId, phone: text.from });
    if (await wasDecidedSince(tx, { orgId, phone: text.from, messageId, receivedAt: text.receivedAt })) {
      return 'decided-since';
    }
    const { stopped } = await recordOptOut(tx, {
      orgId,
      phone: text.from,
      source: 'model',
      wording: text.body,
      channel: text.channel,
      clinicNumber: text.to,
      inboundMessageId: messageId,
      recordedBy: actor,
      at: now,
    });
    await suppressTextsTo(tx, { orgId, phone: text.from, reason: suppressions['opted-out'], now }, tasks);
    if (!stopped) return 'nothing-changed';
    return answerText(tx, { orgId, messageId, contactId, keyword: 'stop', causationId, now }, text);
  }
}
