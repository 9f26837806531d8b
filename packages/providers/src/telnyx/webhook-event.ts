import { parsePhoneNumber, type PhoneNumber } from '@frontdesk/kernel';
import { parseWebhook } from '../parse-webhook.ts';
import {
  byNumber,
  type CallStep,
  type CarrierEvent,
  type DeliveryReport,
  type ReceivedText,
} from '../webhook-content.ts';
import { readRegistrationEvent } from './registration-events.ts';
import { addressedSchema, callSchema, envelopeSchema, receivedSchema, reportSchema } from './webhook-schemas.ts';

type Read = Pick<CarrierEvent, 'addressee' | 'content'> & { messageId?: string };

const readers: Readonly<Record<string, (payload: unknown, occurredAt: Temporal.Instant | null) => Read>> = {
  'message.received': readReceived,
  'message.sent': (payload) => readReport(payload, () => 'sent'),
  'message.finalized': (payload) => readReport(payload, (status) => finalStatuses[status] ?? null),
  'call.initiated': (payload, at) => readCall(payload, 'started', at),
  'call.answered': (payload, at) => readCall(payload, 'answered', at),
  'call.bridged': (payload, at) => readCall(payload, 'answered', at),
  'call.hangup': (payload, at) => readCall(payload, 'ended', at),
};

const finalStatuses: Readonly<Record<string, DeliveryReport['status']>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  delivery_failed: 'undelivered',
  expired: 'undelivered',
  sending_failed: 'failed',
  delivery_unconfirmed: 'unconfirmed',
};

const carrierKeywords: Readonly<Record<string, ReceivedText['carrierKeyword']>> = {
  STOP: 'stop',
  START: 'start',
  HELP: 'help',
};

/**
 * Reads a verified Telnyx webhook: of texts, of calls, or of what Telnyx was asked to bring about.
 * @throws InvalidMessage when something that the desk needs is missing, naming where
 */
export function readTelnyxEvent(body: unknown): CarrierEvent {
  const {
    id,
    event_type: eventType,
    occurred_at: occurredAt,
    payload,
  } = parseWebhook('Telnyx', envelopeSchema, body).data;
  const report = readRegistrationEvent(eventType, payload);
  if (report !== null) return { eventType, externalId: id, occurredAt, ...report };
  const { messageId, ...read } = (readers[eventType] ?? readIgnored)(payload, occurredAt);
  // A text delivered again under a new event id is still the same text.
  return { eventType, externalId: messageId ?? id, occurredAt, ...read };
}

function readReceived(payload: unknown): Read {
  const {
    id,
    from,
    to,
    text,
    autoresponse_type: answered,
    received_at: receivedAt,
    media: files,
  } = parseWebhook('Telnyx', receivedSchema, payload);
  const sender = parsePhoneNumber(from);
  const addressee = byNumber(phoneNumbers(to));
  if (sender === null) return { addressee, content: { kind: 'ignored' }, messageId: id };
  const media = files.map(({ url, content_type }) => ({ url, contentType: content_type ?? null }));
  const carrierKeyword = carrierKeywords[answered?.toUpperCase() ?? ''] ?? null;
  return {
    addressee,
    content: {
      kind: 'text',
      channel: 'sms',
      messageId: id,
      from: sender,
      whatsAppUserId: null,
      body: text ?? '',
      choiceId: null,
      media,
      receivedAt,
      carrierKeyword,
    },
    messageId: id,
  };
}

function readReport(payload: unknown, toStatus: (status: string) => DeliveryReport['status'] | null): Read {
  const { id, from, to, errors } = parseWebhook('Telnyx', reportSchema, payload);
  const status = toStatus(to[0]?.status ?? '');
  const addressee = byNumber(phoneNumbers([from]));
  if (status === null) return { addressee, content: { kind: 'ignored' } };
  return {
    addressee,
    content: {
      kind: 'delivery-report',
      provider: 'telnyx',
      messageId: id,
      status,
      errorCode: errors?.[0]?.code ?? null,
    },
  };
}

function readCall(payload: unknown, step: CallStep['step'], at: Temporal.Instant | null): Read {
  const call = parseWebhook('Telnyx', callSchema, payload);
  // Only the first event of a leg names its direction; of the others, those of outgoing legs go to no clinic number.
  if (call.direction === 'outgoing') {
    return { addressee: byNumber(phoneNumbers([call.from ?? ''])), content: { kind: 'ignored' } };
  }
  const parked = step === 'started' && call.state === 'parked' && call.call_control_id;
  return {
    addressee: byNumber(phoneNumbers([call.to])),
    content: {
      kind: 'call',
      step,
      sessionId: call.call_session_id,
      from: parsePhoneNumber(call.from ?? ''),
      at: step === 'started' ? (call.start_time ?? at) : at,
      hangupCause: step === 'ended' ? (call.hangup_cause ?? null) : null,
      parkedCallControlId: parked ? parked : null,
    },
  };
}

function readIgnored(payload: unknown): Read {
  const addressed = addressedSchema.safeParse(payload).data;
  return {
    addressee: byNumber(phoneNumbers([...(addressed?.to ?? []), addressed?.from ?? ''])),
    content: { kind: 'ignored' },
  };
}

function phoneNumbers(texts: readonly string[]): PhoneNumber[] {
  return texts.map(parsePhoneNumber).filter((number) => number !== null);
}
