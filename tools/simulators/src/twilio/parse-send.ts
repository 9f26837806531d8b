import type { Reply } from '../wire/route.ts';
import { readAddress, type TwilioChannel } from './address.ts';
import type { ContentBook, TwilioContent } from './content/content-book.ts';
import { fillContent, type FilledContent } from './content/fill-content.ts';
import { refusal } from './errors.ts';
import type { TwilioNumbers } from './number-book.ts';

const MOST_CHARACTERS = 1_600;
const MOST_MEDIA = 10;
const E164 = /^\+[1-9]\d{1,14}$/;
const NORTH_AMERICAN = /^\+1[2-9]\d{2}[2-9]\d{6}$/;
const USER_ID = /^wa:[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;

export interface SendAsked extends FilledContent {
  channel: TwilioChannel;
  from: string;
  to: string;
  mediaUrls: readonly string[];
  /** The Messaging Service it goes by. */
  service: string | null;
  webhookUrl: string | null;
  content: TwilioContent | null;
}

export type ParsedSend = { kind: 'send'; asked: SendAsked } | { kind: 'refused'; reply: Reply };

/** What a send may name. */
export interface SendingAccount {
  numbers: TwilioNumbers;
  contents: ContentBook;
  /** Whether this number of ours is on WhatsApp. */
  isSender: (number: string) => boolean;
}

const refused = (reply: Reply): ParsedSend => ({ kind: 'refused', reply });
const isReply = (value: object): value is Reply => 'status' in value;

/** Reads the form of a send the way Twilio does: the first thing that is wrong with it is the answer. */
export function parseSend(body: string, account: SendingAccount): ParsedSend {
  const form = new URLSearchParams(body);
  const { channel, address: to } = readAddress(form.get('To') ?? '');
  const wrong = wrongRecipient(channel, to) ?? wrongCallback(form);
  if (wrong !== null) return refused(wrong);
  const said = readContent(form, account.contents);
  if (isReply(said)) return refused(said);
  const sender = channel === 'sms' ? findSender(form, account.numbers) : findWhatsAppSender(form, account);
  if (isReply(sender)) return refused(sender);
  return { kind: 'send', asked: { channel, ...sender, to, ...said, webhookUrl: form.get('StatusCallback') } };
}

function wrongRecipient(channel: TwilioChannel, to: string): Reply | null {
  if (to === '') return refusal(21604);
  if (channel === 'whatsapp' && USER_ID.test(to)) return null;
  const possible = to.startsWith('+1') ? NORTH_AMERICAN.test(to) : E164.test(to) && to.length > 8;
  return possible ? null : refusal(21211);
}

function wrongCallback(form: URLSearchParams): Reply | null {
  const callback = form.get('StatusCallback');
  return callback === null || URL.canParse(callback) ? null : refusal(21609);
}

type Said = FilledContent & Pick<SendAsked, 'mediaUrls' | 'content'>;

/** Words and files, or a content in place of both. */
function readContent(form: URLSearchParams, contents: ContentBook): Said | Reply {
  const contentSid = given(form, 'ContentSid');
  if (contentSid !== null) {
    const content = contents.get(contentSid);
    if (content === null) return refusal(21655);
    const filled = fillContent(content, given(form, 'ContentVariables'));
    return filled === null ? refusal(21656) : { ...filled, mediaUrls: [], content };
  }
  const text = form.get('Body') ?? '';
  const mediaUrls = form.getAll('MediaUrl');
  if (text === '' && mediaUrls.length === 0) return refusal(21602);
  if (Array.from(text).length > MOST_CHARACTERS) return refusal(21617);
  if (mediaUrls.length > MOST_MEDIA) return refusal(21623);
  if (!mediaUrls.every((url) => URL.canParse(url))) return refusal(21620);
  return { text, choices: [], listLabel: null, values: [], mediaUrls, content: null };
}

type Sender = { from: string; service: string | null };

/** From and MessagingServiceSid may come alone or together; together, From is the sender. */
function findSender(form: URLSearchParams, numbers: TwilioNumbers): Sender | Reply {
  const from = given(form, 'From');
  const service = given(form, 'MessagingServiceSid');
  if (service !== null && !numbers.isService(service)) return refusal(21701);
  if (from === null) {
    if (service === null) return refusal(21603);
    const pooled = numbers.numberOf(service);
    return pooled === null ? refusal(21703) : { from: pooled, service };
  }
  if (!E164.test(from)) return refusal(21212);
  return numbers.isOurs(from) ? { from, service } : refusal(21606);
}

function findWhatsAppSender(form: URLSearchParams, { isSender }: SendingAccount): Sender | Reply {
  const { channel, address: from } = readAddress(given(form, 'From') ?? '');
  return channel === 'whatsapp' && isSender(from) ? { from, service: null } : refusal(63007);
}

function given(form: URLSearchParams, name: string): string | null {
  const value = form.get(name);
  return value === '' ? null : value;
}
