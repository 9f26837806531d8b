import { parsePhoneNumber, type PhoneNumber } from '@frontdesk/kernel';
import { z } from 'zod';
import { parseWebhook } from '../parse-webhook.ts';
import { byNumber, type CarrierEvent, type ReceivedMedia } from '../webhook-content.ts';
import { carrierKeywordOf } from './default-keywords.ts';
import { deliveryStatusOf } from './delivery-status.ts';
import { receivedSchema, statusSchema } from './webhook-schemas.ts';

/** Twilio takes ten files with a message. */
const mostMedia = 10;

/**
 * Reads the verified form of a text from a person.
 * @throws InvalidMessage when something that the desk needs is missing, naming where
 */
export function readTwilioMessage(form: unknown): CarrierEvent {
  const { MessageSid, From, To, Body = '', ...more } = parseWebhook('Twilio', receivedSchema, form);
  const sender = smsNumber(From);
  const event = {
    eventType: 'message.received',
    externalId: MessageSid,
    occurredAt: null,
    addressee: byNumber(smsNumbers([To])),
  };
  if (sender === null) return { ...event, content: { kind: 'ignored' } };
  return {
    ...event,
    content: {
      kind: 'text',
      channel: 'sms',
      whatsAppUserId: null,
      choiceId: null,
      messageId: MessageSid,
      from: sender,
      body: Body,
      media: mediaOf(more.NumMedia, more),
      receivedAt: null,
      carrierKeyword: carrierKeywordOf(more.OptOutType, Body),
    },
  };
}

/**
 * Reads the verified form of a status callback.
 * @throws InvalidMessage when something that the desk needs is missing, naming where
 */
export function readTwilioStatus(form: unknown): CarrierEvent {
  const { MessageSid, MessageStatus, From = '', ErrorCode } = parseWebhook('Twilio', statusSchema, form);
  const status = deliveryStatusOf(MessageStatus);
  const event = {
    eventType: `message.${MessageStatus}`,
    externalId: MessageSid,
    occurredAt: null,
    addressee: byNumber(smsNumbers([From])),
  };
  if (status === null) return { ...event, content: { kind: 'ignored' } };
  return {
    ...event,
    content: {
      kind: 'delivery-report',
      provider: 'twilio',
      messageId: MessageSid,
      status,
      errorCode: ErrorCode ?? null,
    },
  };
}

const mediaUrl = z.url();

function mediaOf(count: number, form: Readonly<Record<string, unknown>>): ReceivedMedia[] {
  return Array.from({ length: Math.min(count, mostMedia) }, (_, n) => n).flatMap((n) => {
    const url = mediaUrl.safeParse(form[`MediaUrl${n}`]).data;
    const contentType = form[`MediaContentType${n}`];
    return url === undefined ? [] : [{ url, contentType: typeof contentType === 'string' ? contentType : null }];
  });
}

/** Null for a short code, and for an address of another channel such as `whatsapp:+1…`. */
function smsNumber(address: string): PhoneNumber | null {
  return address.includes(':') ? null : parsePhoneNumber(address);
}

function smsNumbers(addresses: readonly string[]): PhoneNumber[] {
  return addresses.map(smsNumber).filter((number) => number !== null);
}
