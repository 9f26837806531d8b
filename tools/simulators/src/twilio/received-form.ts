import { countSegments } from '../wire/segments.ts';
import type { AutoresponseType } from '../wire/texting.ts';
import { wireAddress } from './address.ts';
import type { WebhookForm } from './signature.ts';
import { API_VERSION, type TwilioTextReceived } from './types.ts';

export interface ReceivedMedia {
  url: string;
  contentType: string;
}

interface Reception {
  accountSid: string;
  messageSid: string;
  service: string | null;
  media: readonly ReceivedMedia[];
  optOut: AutoresponseType | null;
}

/** The form of a text from a person. */
export function receivedForm(text: TwilioTextReceived, reception: Reception): WebhookForm {
  const { accountSid, messageSid, service, media, optOut } = reception;
  const { channel = 'sms', choice } = text;
  const files = media.flatMap(({ url, contentType }, n) => [
    [`MediaUrl${n}`, url],
    [`MediaContentType${n}`, contentType],
  ]);
  const body = choice?.title ?? text.text;
  return {
    SmsMessageSid: messageSid,
    SmsSid: messageSid,
    MessageSid: messageSid,
    AccountSid: accountSid,
    SmsStatus: 'received',
    From: wireAddress(channel, text.from),
    To: wireAddress(channel, text.to),
    Body: body,
    NumSegments: String(countSegments(body).parts),
    NumMedia: String(media.length),
    ApiVersion: API_VERSION,
    ...(channel === 'sms' ? places : whatsAppFields(text)),
    ...(service !== null && { MessagingServiceSid: service }),
    ...(optOut !== null && { OptOutType: optOut }),
    ...Object.fromEntries(files),
  };
}

const places = {
  ToCountry: 'US',
  ToState: 'TX',
  ToCity: 'AUSTIN',
  ToZip: '78701',
  FromCountry: 'US',
  FromState: 'NY',
  FromCity: 'NEW YORK',
  FromZip: '10001',
};

/** A list tells of the row, a button of what it stands for, and both say the words as if they had been written. */
function whatsAppFields({ from, choice, media = [], profileName: name = 'Ana' }: TwilioTextReceived): WebhookForm {
  const isHidden = from.startsWith('wa:');
  const [file] = media;
  const kind = file === undefined ? 'text' : ('bytes' in file ? file.contentType : file.content_type).split('/')[0];
  return {
    ProfileName: name,
    ...(!isHidden && { WaId: from.slice(1) }),
    MessageType: choice === undefined ? (kind ?? 'text') : choice.of === 'list' ? 'interactive' : 'button',
    ChannelMetadata: JSON.stringify({ type: 'whatsapp', data: { context: { ProfileName: name } } }),
    ...(choice?.of === 'list' && { ListId: choice.id, ListTitle: choice.title }),
    ...(choice !== undefined && choice.of !== 'list' && { ButtonPayload: choice.id, ButtonText: choice.title }),
  };
}
