import { newId } from '@frontdesk/kernel';
import { metaMessage, metaStatus } from './meta-webhooks.ts';
import { metaHeaders, telnyxHeaders, twilioHeaders } from './signing.ts';
import { callEvent, receipt, received, type CallEvent } from './webhooks.ts';

/** A webhook as it is posted. */
export type Told = { path: string; body: string; headers: Record<string, string> };

type Text = {
  from: string;
  to: string;
  text: string;
  messageId?: string;
  /** The keyword that the carrier has answered itself. */
  answered?: 'STOP' | 'START' | 'HELP';
  media?: { url: string; contentType: string }[];
};
type Receipt = { from: string; messageId: string; attempt?: string; errorCode?: string };
type Call = { from: string; to: string; session: string; at?: string };

/** What is told of texts, in the words of whoever carries them. */
export type TextCarrier = {
  name: string;
  provider: 'telnyx' | 'twilio' | 'meta';
  channel: 'sms' | 'whatsapp';
  text(text: Text): Told;
  /** The receipts that a carrier gives, and what the desk makes of each. */
  receipts: readonly (readonly [told: string, means: string])[];
  receipt(told: string, receipt: Receipt): Told;
  /** The id under which it is stored. */
  messageId(id: string): string;
  /** Who answers a bare STOP: our desk, or the carrier without saying so. */
  stopIsKnownAs: 'keyword' | 'carrier';
  /** Why a text to nobody's number is parked. */
  nobodyHasIt: string;
};

/** What the two carriers of telephone numbers tell. */
export type Carrier = TextCarrier & {
  name: 'telnyx' | 'twilio';
  /** The steps of a call that somebody takes, in their order. */
  callSteps: readonly string[];
  /** The last step of a call that nobody takes. */
  missed: string;
  call(step: string, call: Call): Told;
  anonymous: readonly string[];
};

const posted = (path: string, event: unknown): Told => {
  const body = JSON.stringify(event);
  return { path, body, headers: telnyxHeaders(body) };
};

const noNumber = 'no clinic has the number that it was sent to';

const telnyx: Carrier = {
  name: 'telnyx',
  provider: 'telnyx',
  channel: 'sms',
  messageId: (id) => id,
  nobodyHasIt: noNumber,
  text: ({ answered, media = [], ...text }) =>
    posted(
      '/webhooks/telnyx/messages',
      received({
        ...text,
        autoresponse_type: answered ?? null,
        media: media.map(({ url, contentType }) => ({ url, content_type: contentType, size: 1_000 })),
      }),
    ),
  receipts: [
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['delivery_failed', 'undelivered'],
    ['expired', 'undelivered'],
    ['sending_failed', 'failed'],
    ['delivery_unconfirmed', 'unconfirmed'],
  ],
  receipt: (told, { attempt, errorCode, ...text }) =>
    posted(
      `/webhooks/telnyx/messages${attempt === undefined ? '' : `?attempt=${attempt}`}`,
      receipt({
        ...text,
        type: told === 'sent' ? 'message.sent' : 'message.finalized',
        status: told,
        errors: errorCode === undefined ? [] : [{ code: errorCode, title: 'why' }],
      }),
    ),
  callSteps: ['call.initiated', 'call.answered', 'call.bridged', 'call.hangup'],
  missed: 'call.hangup',
  call(step, { at, ...call }) {
    // One of the list above.
    const event = callEvent(step as CallEvent, { ...call, ...(at !== undefined && { start_time: at }) });
    return posted('/webhooks/telnyx/voice', at === undefined ? event : { data: { ...event.data, occurred_at: at } });
  },
  anonymous: ['anonymous', 'Restricted', '', 'sip:someone@example.test'],
  stopIsKnownAs: 'keyword',
};

const account = { AccountSid: `AC${'0'.repeat(32)}`, ApiVersion: '2010-04-01' };
const sid = (prefix: string, id: string) => `${prefix}${id.replaceAll('-', '')}`;
const form = (path: string, fields: Record<string, string>): Told => {
  const body = new URLSearchParams({ ...account, ...fields }).toString();
  return { path, body, headers: twilioHeaders(path, body) };
};

const twilio: Carrier = {
  name: 'twilio',
  provider: 'twilio',
  channel: 'sms',
  messageId: (id) => sid('SM', id),
  nobodyHasIt: noNumber,
  text: ({ from, to, text, messageId = newId(), answered, media = [] }) =>
    form('/webhooks/twilio/messages', {
      MessageSid: sid('SM', messageId),
      SmsSid: sid('SM', messageId),
      SmsStatus: 'received',
      From: from,
      To: to,
      Body: text,
      NumMedia: String(media.length),
      NumSegments: '1',
      ...(answered !== undefined && { OptOutType: answered }),
      ...Object.fromEntries(
        media.flatMap(({ url, contentType }, n) => [
          [`MediaUrl${n}`, url],
          [`MediaContentType${n}`, contentType],
        ]),
      ),
    }),
  receipts: [
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['undelivered', 'undelivered'],
    ['failed', 'failed'],
  ],
  receipt: (told, { from, messageId, attempt, errorCode }) =>
    form(`/webhooks/twilio/messages/status${attempt === undefined ? '' : `?attempt=${attempt}`}`, {
      MessageSid: sid('SM', messageId),
      MessageStatus: told,
      From: from,
      To: '+15125550100',
      ...(errorCode !== undefined && { ErrorCode: errorCode }),
    }),
  callSteps: ['ringing', 'in-progress', 'completed'],
  missed: 'no-answer',
  call: (step, { from, to, session, at }) =>
    form(step === 'ringing' ? '/webhooks/twilio/voice' : '/webhooks/twilio/voice/status', {
      CallSid: sid('CA', session),
      CallStatus: step,
      Direction: 'inbound',
      From: from,
      To: to,
      ...(at !== undefined && { Timestamp: new Date(at).toUTCString() }),
    }),
  anonymous: ['anonymous', '+266696687', ''],
  stopIsKnownAs: 'carrier',
};

const noSender = 'no clinic has this number on WhatsApp';

/** WhatsApp over Twilio: the same addresses and forms, with its prefix before the numbers. */
const twilioWhatsApp: TextCarrier = {
  ...twilio,
  name: 'WhatsApp by twilio',
  channel: 'whatsapp',
  stopIsKnownAs: 'keyword',
  nobodyHasIt: noSender,
  text: ({ from, to, ...text }) => twilio.text({ ...text, from: `whatsapp:${from}`, to: `whatsapp:${to}` }),
  receipt: (told, { from, ...receipt }) => twilio.receipt(told, { ...receipt, from: `whatsapp:${from}` }),
  receipts: [
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['undelivered', 'undelivered'],
    ['failed', 'failed'],
  ],
};

const postedByMeta = (event: unknown): Told => {
  const body = JSON.stringify(event);
  return { path: '/webhooks/meta', body, headers: metaHeaders(body) };
};

const meta: TextCarrier = {
  name: 'WhatsApp by meta',
  provider: 'meta',
  channel: 'whatsapp',
  messageId: (id) => `wamid.${id}`,
  stopIsKnownAs: 'keyword',
  nobodyHasIt: noSender,
  text: ({ messageId = newId(), media = [], ...text }) =>
    postedByMeta(metaMessage({ ...text, messageId: `wamid.${messageId}`, file: media[0] })),
  receipts: [
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['failed', 'failed'],
  ],
  receipt: (told, { messageId, ...receipt }) =>
    postedByMeta(metaStatus({ ...receipt, messageId: `wamid.${messageId}`, status: told })),
};

/** The id under which a carrier's message or call is stored. */
export const storedId = (carrier: TextCarrier, kind: 'message' | 'call', id: string): string => {
  if (kind === 'message') return carrier.messageId(id);
  return carrier.provider === 'telnyx' ? id : sid('CA', id);
};

export const carriers = [telnyx, twilio];
/** Everybody who brings texts. */
export const textCarriers: readonly TextCarrier[] = [telnyx, twilio, meta, twilioWhatsApp];
/** Those who may have answered a keyword themselves. */
export const answeringCarriers: readonly TextCarrier[] = [telnyx, twilio, twilioWhatsApp];
