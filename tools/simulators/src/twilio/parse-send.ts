import type { Reply } from '../wire/route.ts';
import { refusal } from './errors.ts';
import type { TwilioNumbers } from './number-book.ts';

const MOST_CHARACTERS = 1_600;
const MOST_MEDIA = 10;
const E164 = /^\+[1-9]\d{1,14}$/;
const NORTH_AMERICAN = /^\+1[2-9]\d{2}[2-9]\d{6}$/;

export interface SendAsked {
  from: string;
  to: string;
  text: string;
  mediaUrls: readonly string[];
  /** The Messaging Service it goes by. */
  service: string | null;
  webhookUrl: string | null;
}

export type ParsedSend = { kind: 'send'; asked: SendAsked } | { kind: 'refused'; reply: Reply };

const refused = (reply: Reply): ParsedSend => ({ kind: 'refused', reply });

/** Reads the form of a send the way Twilio does: the first thing that is wrong with it is the answer. */
export function parseSend(body: string, numbers: TwilioNumbers): ParsedSend {
  const form = new URLSearchParams(body);
  const wrong = wrongRecipient(form.get('To')) ?? wrongContent(form);
  if (wrong !== null) return refused(wrong);
  const sender = findSender(form, numbers);
  if ('status' in sender) return refused(sender);
  return {
    kind: 'send',
    asked: {
      ...sender,
      to: form.get('To') ?? '',
      text: form.get('Body') ?? '',
      mediaUrls: form.getAll('MediaUrl'),
      webhookUrl: form.get('StatusCallback'),
    },
  };
}

function wrongRecipient(to: string | null): Reply | null {
  if (to === null || to === '') return refusal(21604);
  const possible = to.startsWith('+1') ? NORTH_AMERICAN.test(to) : E164.test(to) && to.length > 8;
  return possible ? null : refusal(21211);
}

function wrongContent(form: URLSearchParams): Reply | null {
  const text = form.get('Body') ?? '';
  const media = form.getAll('MediaUrl');
  if (text === '' && media.length === 0) return refusal(21602);
  if (Array.from(text).length > MOST_CHARACTERS) return refusal(21617);
  if (media.length > MOST_MEDIA) return refusal(21623);
  if (!media.every((url) => URL.canParse(url))) return refusal(21620);
  const callback = form.get('StatusCallback');
  return callback === null || URL.canParse(callback) ? null : refusal(21609);
}

/** From and MessagingServiceSid may come alone or together; together, From is the sender. */
function findSender(form: URLSearchParams, numbers: TwilioNumbers): { from: string; service: string | null } | Reply {
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

function given(form: URLSearchParams, name: string): string | null {
  const value = form.get(name);
  return value === '' ? null : value;
}
