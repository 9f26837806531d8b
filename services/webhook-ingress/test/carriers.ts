import { newId } from '@frontdesk/kernel';
import { telnyxHeaders, twilioHeaders } from './signing.ts';
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

/** What the two carriers tell, in the words of each. */
export type Carrier = {
  name: 'telnyx' | 'twilio';
  text(text: Text): Told;
  /** The receipts that a carrier gives, and what the desk makes of each. */
  receipts: readonly (readonly [told: string, means: string])[];
  receipt(told: string, receipt: Receipt): Told;
  /** The steps of a call that somebody takes, in their order. */
  callSteps: readonly string[];
  /** The last step of a call that nobody takes. */
  missed: string;
  call(step: string, call: Call): Told;
  anonymous: readonly string[];
  /** Who answers a bare STOP: our desk, or the carrier without saying so. */
  stopIsKnownAs: 'keyword' | 'carrier';
};

const posted = (path: string, event: unknown): Told => {
  const body = JSON.stringify(event);
  return { path, body, headers: telnyxHeaders(body) };
};

const telnyx: Carrier = {
  name: 'telnyx',
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

/** The id under which a carrier's message or call is stored. */
export const storedId = ({ name }: Carrier, kind: 'message' | 'call', id: string): string =>
  name === 'telnyx' ? id : sid(kind === 'message' ? 'SM' : 'CA', id);

export const carriers = [telnyx, twilio];
