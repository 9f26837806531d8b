import type { Channel } from '@frontdesk/contracts';
import type { Id } from '@frontdesk/kernel';
import type { MediaKind } from '@frontdesk/messaging';
import type pg from 'pg';
import type { SenderFacts } from '../acceptance/decide-text.ts';
import { jsonRows } from './json-rows.ts';

export type TextRow = {
  orgId: Id;
  id: Id;
  conversationId: Id;
  channel: Channel;
  from: string;
  to: string;
  body: string;
  choiceId: string | null;
  hasCardNumber: boolean;
  /** What came with the words. */
  attachments: readonly MediaKind[];
  /** Hex. */
  digest: string;
  provider: string;
  providerMessageId: string;
  receivedAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  handledBy: string | null;
};

/** How many of a conversation's latest texts are compared: more never come within the window of a repeat. */
const compared = 20;

/** A text of which is asked whether it came before, and what is known of its sender. */
export type AskedText = Pick<TextRow, 'id' | 'orgId' | 'from' | 'digest' | 'createdAt'> & {
  /** What else the sender may have asked for no more texts by. */
  userAddress: string | null;
};

/**
 * What is known of the senders. Runs after their conversations are locked, so it sees every text that was written
 * before, by any instance. A text with the same digest within `repeatWindowMs` is the same text.
 */
export async function senderFacts(
  client: pg.ClientBase,
  texts: readonly AskedText[],
  repeatWindowMs: number,
): Promise<Map<Id, SenderFacts>> {
  if (texts.length === 0) return new Map();
  const { rows } = await client.query<{ id: Id; duplicate: boolean; staff: boolean; opted_out: boolean }>({
    name: 'sender-facts',
    text: `
      select t.id,
        exists (select from staff_members s where s.org_id = t.org_id and s.phone = t.from_number) as staff,
        exists (select from opt_outs o
          where o.org_id = t.org_id and o.phone = any (array[t.from_number, t.user_address])) as opted_out,
        exists (
          select from contacts c
          join conversations v on v.org_id = c.org_id and v.contact_id = c.id
          cross join lateral (
            select m.digest, m.created_at from inbound_messages m
            where m.org_id = v.org_id and m.conversation_id = v.id
            order by m.seq desc limit ${compared}
          ) latest
          where c.org_id = t.org_id and c.phone = t.from_number and latest.digest = decode(t.digest, 'hex')
            and abs(extract(epoch from latest.created_at - t.created_at)) * 1000 < $7::float8
        ) as duplicate
      from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
        as t (id, org_id, from_number, user_address, digest, created_at)`,
    values: [
      texts.map(({ id }) => id),
      texts.map(({ orgId }) => orgId),
      texts.map(({ from }) => from),
      texts.map(({ userAddress }) => userAddress),
      texts.map(({ digest }) => digest),
      texts.map(({ createdAt }) => createdAt.toString()),
      repeatWindowMs,
    ],
  });
  return new Map(rows.map(({ id, opted_out: optedOut, duplicate, staff }) => [id, { duplicate, staff, optedOut }]));
}

/** Writes the texts. */
export async function storeTexts(client: pg.ClientBase, texts: readonly TextRow[]): Promise<void> {
  if (texts.length === 0) return;
  await client.query({
    name: 'store-texts',
    text: `
      insert into inbound_messages (org_id, id, conversation_id, channel, from_number, to_number, body, choice_id, has_card_number,
        attachments, digest, provider, provider_message_id, received_at, created_at, handled_by, handled_at)
      select org_id, id, conversation_id, channel, from_number, to_number, body, choice_id, has_card_number,
        attachments, decode(digest, 'hex'), provider, provider_message_id, received_at, created_at, handled_by,
        case when handled_by is not null then created_at end
      from jsonb_to_recordset($1::jsonb) as t (org_id uuid, id uuid, conversation_id uuid, channel text,
        from_number text, to_number text, body text, choice_id text, has_card_number boolean, attachments text[], digest text, provider text, provider_message_id text,
        received_at timestamptz, created_at timestamptz, handled_by text)`,
    values: [
      jsonRows(
        texts.map((text) => ({
          org_id: text.orgId,
          id: text.id,
          conversation_id: text.conversationId,
          channel: text.channel,
          from_number: text.from,
          to_number: text.to,
          body: text.body,
          choice_id: text.choiceId,
          has_card_number: text.hasCardNumber,
          attachments: text.attachments,
          digest: text.digest,
          provider: text.provider,
          provider_message_id: text.providerMessageId,
          received_at: text.receivedAt,
          created_at: text.createdAt,
          handled_by: text.handledBy,
        })),
      ),
    ],
  });
}
