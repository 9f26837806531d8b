import { hash } from 'node:crypto';
import { KeywordReceivedV1, TextReceivedV1, WhatsAppTextReceivedV1 } from '@frontdesk/contracts';
import type { OutboxRow } from '@frontdesk/db';
import { newId, present } from '@frontdesk/kernel';
import { mediaKind } from '@frontdesk/messaging';
import type { ReceivedText } from '@frontdesk/providers/telnyx-webhooks';
import type { Person } from '../postgres/meet-people.ts';
import type { ConsentChange } from '../postgres/store-consent.ts';
import type { MediaRow } from '../postgres/store-media.ts';
import type { TextRow } from '../postgres/store-texts.ts';
import { decideText, type SenderFacts, type TextDecision } from './decide-text.ts';
import { mediaOfText } from './media-of-text.ts';
import { outboxRowOf } from './outbox-row-of.ts';
import { userOf } from './recognise-writers.ts';
import { storedText } from './stored-payload.ts';
import type { Addressed } from './webhook.ts';

/** A text as it came, before anything is known of its sender. */
export type NewText = {
  webhook: Addressed<ReceivedText>;
  row: Omit<TextRow, 'conversationId' | 'handledBy'>;
  /** Who wrote it at WhatsApp, whatever the clinic knows them by. */
  userAddress: string | null;
};

/** A text with all that follows from it. */
export type DecidedText = { row: TextRow; consent: ConsentChange[]; media: MediaRow[]; events: OutboxRow[] };

export function newText(webhook: Addressed<ReceivedText>, now: Temporal.Instant): NewText {
  const { clinic, content, provider, occurredAt } = webhook;
  const { text: body, found: hasCardNumber } = storedText(content.body);
  const to = present(clinic.number, 'the number that a text came to');
  return {
    webhook,
    userAddress: userOf(content),
    row: {
      orgId: clinic.orgId,
      id: newId(),
      channel: content.channel,
      from: content.from,
      to,
      body,
      choiceId: content.choiceId === null ? null : storedText(content.choiceId).text.slice(0, longestChoiceId),
      hasCardNumber,
      attachments: content.media.map(({ contentType }) => mediaKind(contentType)),
      digest: hash('sha256', `${content.from}|${placeOf(content, to)}|${whatItSays(content, body)}`),
      provider,
      providerMessageId: content.messageId,
      receivedAt: content.receivedAt ?? occurredAt,
      createdAt: now,
    },
  };
}

/** An id of a choice has at most 200 characters; a template's answer may bring 256. */
const longestChoiceId = 256;

/** The same words on two channels are two texts. */
const placeOf = ({ channel }: ReceivedText, to: string): string => (channel === 'sms' ? to : `${channel}:${to}`);

/**
 * What makes two texts the same. Files belong to it: three pictures with one caption are three. Without words nothing says that two
 * could be one.
 */
function whatItSays({ messageId, media }: ReceivedText, body: string): string {
  return body.trim() === '' ? messageId : [body, ...media.map(({ url }) => url)].join('|');
}

/** Decides who handles the text, and what is published and recorded of it. */
export function decideNewText({ webhook, row: asked }: NewText, person: Person, facts: SenderFacts): DecidedText {
  const { carrierKeyword } = webhook.content;
  const decision = decideText({ carrierKeyword, body: asked.body }, facts);
  const row = { ...asked, conversationId: person.conversationId, handledBy: decision.handledBy };
  const { media, events } = mediaOfText(webhook, row);
  const wishesNone = decision.handledBy === 'keyword' ? decision.keyword === 'stop' : false;
  const resumes = decision.handledBy === 'keyword' && decision.keyword === 'start';
  const mayHear = !wishesNone && (resumes || !facts.optedOut);
  const seen =
    row.channel === 'whatsapp' && mayHear
      ? [outboxRowOf(webhook, row.conversationId, WhatsAppTextReceivedV1, { messageId: row.id })]
      : [];
  return {
    row,
    consent: consentChange(row, decision),
    media,
    events: [...eventOf(webhook, row, person, decision), ...events, ...seen],
  };
}

function consentChange(row: NewText['row'], decision: TextDecision): ConsentChange[] {
  if (decision.handledBy !== 'keyword' || decision.keyword === 'help') return [];
  return [
    {
      orgId: row.orgId,
      phone: row.from,
      kind: decision.keyword === 'stop' ? 'opt-out' : 'opt-in',
      source: decision.source,
      wording: row.body,
      channel: row.channel,
      clinicNumber: row.to,
      inboundMessageId: row.id,
      receivedAt: row.receivedAt,
      at: row.createdAt,
    },
  ];
}

function eventOf(
  webhook: Addressed,
  { id: messageId }: NewText['row'],
  { contactId, conversationId }: Person,
  decision: TextDecision,
): OutboxRow[] {
  switch (decision.handledBy) {
    case null:
      return [outboxRowOf(webhook, conversationId, TextReceivedV1, { conversationId, messageId })];
    case 'keyword': {
      const answeredByCarrier = decision.source === 'carrier';
      const data = { messageId, contactId, keyword: decision.keyword, answeredByCarrier };
      return [outboxRowOf(webhook, conversationId, KeywordReceivedV1, data)];
    }
    case 'duplicate':
    case 'staff':
    case 'opted-out':
      return [];
    default:
      return decision satisfies never;
  }
}
