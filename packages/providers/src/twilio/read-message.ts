import { z } from 'zod';
import { parseWebhook } from '../parse-webhook.ts';
import { byNumber, type CarrierAddressee, type CarrierEvent, type ReceivedMedia } from '../webhook-content.ts';
import { readTwilioAddress, readTwilioNumber } from './address.ts';
import { carrierKeywordOf } from './default-keywords.ts';
import { deliveryStatusOf } from './delivery-status.ts';
import { whatsAppPartsOf } from './received-whatsapp.ts';
import { receivedSchema, statusSchema } from './webhook-schemas.ts';

/** Twilio takes ten files with a message. */
const mostMedia = 10;

/**
 * Reads the verified form of a text from a person, on either channel.
 * @throws InvalidMessage when something that the desk needs is missing, naming where
 */
export function readTwilioMessage(form: unknown): CarrierEvent {
  const received = parseWebhook('Twilio', receivedSchema, form);
  const { MessageSid, From, To, Body = '', OptOutType } = received;
  const sender = readTwilioAddress(From);
  const event = {
    eventType: 'message.received',
    externalId: MessageSid,
    occurredAt: null,
    addressee: addresseeOf(To),
  };
  if (sender === null) return { ...event, content: { kind: 'ignored' } };
  const { channel, person } = sender;
  return {
    ...event,
    content: {
      kind: 'text',
      channel,
      messageId: MessageSid,
      from: person,
      ...(channel === 'whatsapp'
        ? whatsAppPartsOf(received, person)
        : { whatsAppUserId: null, choiceId: null, body: Body }),
      media: mediaOf(received.NumMedia, received),
      receivedAt: null,
      // On WhatsApp nobody answers a keyword but Advanced Opt-Out.
      carrierKeyword: carrierKeywordOf(OptOutType, channel === 'sms' ? Body : ''),
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
    addressee: addresseeOf(From),
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

/** Whoever has this number of ours, on its channel. */
function addresseeOf(address: string): CarrierAddressee {
  const ours = readTwilioNumber(address);
  if (ours === null) return byNumber([]);
  return ours.channel === 'sms' ? byNumber([ours.number]) : { by: 'whatsapp-number', number: ours.number };
}
