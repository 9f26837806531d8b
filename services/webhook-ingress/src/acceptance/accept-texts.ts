import { hash } from 'node:crypto';
import { KeywordReceivedV1, TextReceivedV1 } from '@frontdesk/contracts';
import type { OutboxRow } from '@frontdesk/db';
import { newId, present } from '@frontdesk/kernel';
import type { ReceivedText } from '@frontdesk/providers/telnyx-webhooks';
import type pg from 'pg';
import type { People, Person } from '../postgres/meet-people.ts';
import { storeConsent, type ConsentChange } from '../postgres/store-consent.ts';
import { senderFacts, storeTexts, type TextRow } from '../postgres/store-texts.ts';
import { decideText, type TextDecision } from './decide-text.ts';
import { outboxRowOf } from './outbox-row-of.ts';
import { storedText } from './stored-payload.ts';
import type { Addressed } from './webhook.ts';

type TextWebhook = Addressed<ReceivedText>;
type Text = { webhook: TextWebhook; person: Person; row: TextRow };

/**
 * Writes the texts, decides who handles them, and returns the events to publish. Their conversations are locked,
 * and no two are of one person.
 */
export async function acceptTexts(
  client: pg.ClientBase,
  webhooks: readonly TextWebhook[],
  { people, now, repeatWindowMs }: { people: People; now: Temporal.Instant; repeatWindowMs: number },
): Promise<OutboxRow[]> {
  if (webhooks.length === 0) return [];
  const texts = webhooks.map((webhook) => toText(webhook, people, now));
  const facts = await senderFacts(
    client,
    texts.map(({ row }) => row),
    repeatWindowMs,
  );
  const decided = texts.map((text) => {
    const senderKnown = present(facts.get(text.row.id), 'what is known of a sender');
    const decision = decideText({ ...text.webhook.content, body: text.row.body }, senderKnown);
    return { ...text, row: { ...text.row, handledBy: decision.handledBy }, decision };
  });
  await storeTexts(
    client,
    decided.map(({ row }) => row),
  );
  await storeConsent(client, decided.flatMap(consentChange));
  return decided.flatMap(eventOf);
}

function toText(webhook: TextWebhook, people: People, now: Temporal.Instant): Text {
  const { clinic, content, provider, occurredAt } = webhook;
  const person = people({ orgId: clinic.orgId, phone: content.from });
  const { text: body, found: hasCardNumber } = storedText(content.body);
  const to = present(clinic.number, 'the number that a text came to');
  return {
    webhook,
    person,
    row: {
      orgId: clinic.orgId,
      id: newId(),
      conversationId: person.conversationId,
      from: content.from,
      to,
      body,
      hasCardNumber,
      digest: hash('sha256', `${content.from}|${to}|${body}`),
      provider,
      providerMessageId: content.messageId,
      receivedAt: content.receivedAt ?? occurredAt,
      createdAt: now,
      handledBy: null,
    },
  };
}

function consentChange({ row, decision }: Text & { decision: TextDecision }): ConsentChange[] {
  if (decision.handledBy !== 'keyword' || decision.keyword === 'help') return [];
  return [
    {
      orgId: row.orgId,
      phone: row.from,
      kind: decision.keyword === 'stop' ? 'opt-out' : 'opt-in',
      source: decision.source,
      wording: row.body,
      inboundMessageId: row.id,
      at: row.createdAt,
    },
  ];
}

function eventOf({ webhook, person, row, decision }: Text & { decision: TextDecision }): OutboxRow[] {
  const correlationId = person.conversationId;
  switch (decision.handledBy) {
    case null:
      return [
        outboxRowOf(webhook, correlationId, TextReceivedV1, {
          conversationId: person.conversationId,
          messageId: row.id,
        }),
      ];
    case 'keyword':
      return [
        outboxRowOf(webhook, correlationId, KeywordReceivedV1, {
          messageId: row.id,
          contactId: person.contactId,
          keyword: decision.keyword,
          answeredByCarrier: decision.source === 'carrier',
        }),
      ];
    case 'duplicate':
    case 'staff':
    case 'opted-out':
      return [];
    default:
      return decision satisfies never;
  }
}
