import type { Clock } from '@frontdesk/kernel';
import { keep } from '../wire/keep.ts';
import type { MediaShelf } from '../wire/media-shelf.ts';
import type { Autoresponse, AutoresponseType, TextAnswer } from '../wire/texting.ts';
import type { TwilioMessage } from './message.ts';
import type { TwilioNumbers } from './number-book.ts';
import { twilioAnswers, type TwilioOptOuts } from './opt-outs.ts';
import { receivedForm, type ReceivedMedia } from './received-form.ts';
import { newSid } from './sid.ts';
import { API_VERSION, type TwilioTextReceived } from './types.ts';
import type { TwilioPoster } from './webhook-poster.ts';
import type { Windows } from './windows.ts';

interface TextLineDependencies {
  accountSid: string;
  poster: TwilioPoster;
  numbers: TwilioNumbers;
  optOuts: TwilioOptOuts;
  windows: Windows;
  clock: Clock;
  media: MediaShelf;
  apiUrl: () => string;
  /** Where what comes to the number, on this channel, is told. */
  webhookUrl: (text: TwilioTextReceived) => string;
  /** Whether Twilio tells of its answers in OptOutType; the answers themselves are given either way. */
  tellsOptOuts: (service: string | null) => boolean;
  messages: Map<string, TwilioMessage>;
  autoresponses: Autoresponse[];
  onAutoresponse: (answer: Autoresponse) => void;
}

/** People's texts. Of SMS, Twilio's keyword answers come first; one on WhatsApp opens the window. Then the app is told. */
export function createTextLine(dependencies: TextLineDependencies): (text: TwilioTextReceived) => Promise<TextAnswer> {
  const { accountSid, poster, numbers, optOuts, windows, clock, autoresponses, messages } = dependencies;

  function hear({ from, to, text }: TwilioTextReceived, service: string | null): AutoresponseType | null {
    const kind = optOuts.hear(service ?? to, from, text);
    if (kind !== null) {
      const answer = { from: to, to: from, text: twilioAnswers[kind], kind, at: clock() };
      keep(autoresponses, answer);
      dependencies.onAutoresponse(answer);
    }
    return kind;
  }

  function mediaOf({ media = [] }: TwilioTextReceived, messageSid: string): ReceivedMedia[] {
    const folder = `${dependencies.apiUrl()}/${API_VERSION}/Accounts/${accountSid}/Messages/${messageSid}/Media`;
    return media.map((item) =>
      'bytes' in item
        ? { url: `${folder}/${dependencies.media.put(item).id}`, contentType: item.contentType }
        : { url: item.url, contentType: item.content_type },
    );
  }

  function receive(
    text: TwilioTextReceived,
    messageSid: string,
    service: string | null,
    optOut: AutoresponseType | null,
  ) {
    const media = mediaOf(text, messageSid);
    messages.set(messageSid, receivedMessage(text, { messageSid, media, service, clock }));
    const form = receivedForm(text, { accountSid, messageSid, service, media, optOut });
    return { id: messageSid, type: 'message.received', form };
  }

  return async (text) => {
    const isSms = text.channel !== 'whatsapp';
    const service = isSms ? numbers.serviceOf(text.to) : null;
    if (!isSms) windows.open(text.to, text.from);
    const answered = isSms ? hear(text, service) : null;
    const optOut = text.autoresponseType ?? (dependencies.tellsOptOuts(service) ? answered : null);
    const told = text.autoresponseType === null ? null : optOut;
    const messageId = text.messageId ?? newSid((text.media ?? []).length > 0 ? 'MM' : 'SM');
    const url = dependencies.webhookUrl(text);

    const event = receive(text, messageId, service, told);
    const deliveries = Array.from({ length: text.copies ?? 1 }, () => poster.post(event, url));
    if (text.twin === true) deliveries.push(poster.post(receive(text, newSid('SM'), service, told), url));
    const [first, ...repeats] = await Promise.all(deliveries.map((delivery) => delivery.first));
    if (first === undefined) throw new Error('a text is delivered at least once');
    return { ...first, messageId, repeats };
  };
}

function receivedMessage(
  text: TwilioTextReceived,
  reception: { messageSid: string; media: readonly ReceivedMedia[]; service: string | null; clock: Clock },
): TwilioMessage {
  const now = reception.clock();
  return {
    sid: reception.messageSid,
    channel: text.channel ?? 'sms',
    direction: 'inbound',
    status: 'received',
    from: text.from,
    to: text.to,
    text: text.choice?.title ?? text.text,
    choices: [],
    listLabel: null,
    values: [],
    content: null,
    mediaUrls: reception.media.map(({ url }) => url),
    service: reception.service,
    webhookUrl: null,
    errorCode: null,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
  };
}
