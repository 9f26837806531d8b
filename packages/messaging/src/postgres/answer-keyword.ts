import { recordAudit, toInstant, type TenantTransaction } from '@frontdesk/db';
import { NotFound, type Id } from '@frontdesk/kernel';
import { keywordAnswer } from '../keyword-answers.ts';
import type { Keyword } from '../keywords.ts';
import { keywordAnswerKinds } from '../text-class.ts';
import { actor } from './actor.ts';
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

type Row = {
  clinic_name: string;
  from_number: string;
  to_number: string;
  conversation_id: Id;
  received_at: Date;
  /** What this person had last said about texts before this message; null when nothing. */
  consent_before: 'opt-out' | 'opt-in' | null;
};

const promptly = Temporal.Duration.from({ minutes: 5 });

/**
 * Answers STOP, HELP or START with exactly one text, unless the carrier already did. Who says STOP or START twice hears
 * it once; who begins with START is welcome.
 */
export async function answerKeyword(tx: TenantTransaction, received: KeywordReceived): Promise<KeywordEffect> {
  const { orgId, messageId, contactId, keyword, causationId, now } = received;
  const effect = received.answeredByCarrier ? 'carrier-answered' : await answer(tx, received);
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

async function answer(tx: TenantTransaction, received: KeywordReceived): Promise<KeywordEffect> {
  const { orgId, messageId, contactId, keyword, causationId, now } = received;
  const text = await findText(tx, orgId, messageId);
  if (keyword === 'stop' && text.consent_before === 'opt-out') return 'nothing-changed';
  if (keyword === 'start' && text.consent_before === 'opt-in') return 'nothing-changed';
  const lateAt = toInstant(text.received_at).add(promptly);
  if (keyword === 'stop' && Temporal.Instant.compare(lateAt, now) <= 0) return 'too-late';
  await requestText(tx, {
    orgId,
    recipient: { contactId, conversationId: text.conversation_id },
    from: text.to_number,
    to: text.from_number,
    class: 'keyword-answer',
    kind: keywordAnswerKinds[keyword],
    body: keywordAnswer(keyword, { name: text.clinic_name, phone: text.to_number }),
    causeKey: `keyword:${messageId}`,
    correlationId: text.conversation_id,
    causationId,
    now,
  });
  return 'answered';
}

async function findText(tx: TenantTransaction, orgId: Id, messageId: Id): Promise<Row> {
  const [row] = await tx.$queryRaw<Row[]>`
    select o.name as clinic_name, m.from_number, m.to_number, m.conversation_id, m.received_at,
      (select e.kind from consent_events e
        where e.org_id = m.org_id and e.phone = m.from_number and e.inbound_message_id is distinct from m.id
          and e.occurred_at <= coalesce(
            (select own.occurred_at from consent_events own
              where own.org_id = m.org_id and own.phone = m.from_number and own.inbound_message_id = m.id),
            m.received_at)
        order by e.occurred_at desc, e.id desc limit 1) as consent_before
    from inbound_messages m join organizations o on o.id = m.org_id
    where m.org_id = ${orgId}::uuid and m.id = ${messageId}::uuid`;
  if (row === undefined) throw new NotFound(`the text ${messageId} is not known`);
  return row;
}
