import type { Channel } from '@frontdesk/contracts';
import { toInstant, type TenantTransaction } from '@frontdesk/db';
import { NotFound, type Id } from '@frontdesk/kernel';
import type { KeywordTexts } from '../keyword-answers.ts';

/** A text of a person with what its answer needs to know. */
export type ReceivedText = {
  clinic: { name: string; phone: string; texts: KeywordTexts };
  channel: Channel;
  from: string;
  to: string;
  body: string;
  conversationId: Id;
  receivedAt: Temporal.Instant;
  /** What this person had last said about texts before this message; null when nothing. */
  consentBefore: 'opt-out' | 'opt-in' | null;
};

type Row = {
  clinic_name: string;
  keyword_texts: KeywordTexts;
  channel: Channel;
  from_number: string;
  to_number: string;
  body: string;
  conversation_id: Id;
  received_at: Date;
  consent_before: 'opt-out' | 'opt-in' | null;
};

/** @throws NotFound when the clinic has no such text */
export async function findReceivedText(
  tx: TenantTransaction,
  { orgId, messageId }: { orgId: Id; messageId: Id },
): Promise<ReceivedText> {
  const [row] = await tx.$queryRaw<Row[]>`
    select o.name as clinic_name, o.keyword_texts, m.channel, m.from_number, m.to_number, m.body, m.conversation_id, m.received_at,
      (select e.kind from consent_events e
        where e.org_id = m.org_id and e.phone = m.from_number and e.inbound_message_id is distinct from m.id
          and e.kind in ('opt-out', 'opt-in')
          and e.occurred_at <= coalesce(
            (select min(own.occurred_at) from consent_events own
              where own.org_id = m.org_id and own.phone = m.from_number and own.inbound_message_id = m.id),
            m.received_at)
        order by e.occurred_at desc, e.id desc limit 1) as consent_before
    from inbound_messages m join organizations o on o.id = m.org_id
    where m.org_id = ${orgId}::uuid and m.id = ${messageId}::uuid`;
  if (row === undefined) throw new NotFound(`the text ${messageId} is not known`);
  return {
    clinic: { name: row.clinic_name, phone: row.to_number, texts: row.keyword_texts },
    channel: row.channel,
    from: row.from_number,
    to: row.to_number,
    body: row.body,
    conversationId: row.conversation_id,
    receivedAt: toInstant(row.received_at),
    consentBefore: row.consent_before,
  };
}
