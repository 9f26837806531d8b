import type { Clock } from '@frontdesk/kernel';
import { keep } from '../wire/keep.ts';
import type { MediaShelf } from '../wire/media-shelf.ts';
import { countSegments } from '../wire/segments.ts';
import type { Autoresponse, AutoresponseType, TextAnswer, TextReceived } from '../wire/texting.ts';
import type { TwilioMessage } from './message.ts';
import type { TwilioNumbers } from './number-book.ts';
import { twilioAnswers, type TwilioOptOuts } from './opt-outs.ts';
import { newSid } from './sid.ts';
import type { WebhookForm } from './signature.ts';
import { API_VERSION } from './types.ts';
import type { TwilioPoster } from './webhook-poster.ts';

interface TextLineDependencies {
  accountSid: string;
  poster: TwilioPoster;
  numbers: TwilioNumbers;
  optOuts: TwilioOptOuts;
  clock: Clock;
  media: MediaShelf;
  apiUrl: () => string;
  webhookUrl: () => string;
  /** Whether Twilio tells of its answers in OptOutType; the answers themselves are given either way. */
  tellsOptOuts: (service: string | null) => boolean;
  messages: Map<string, TwilioMessage>;
  autoresponses: Autoresponse[];
  onAutoresponse: (answer: Autoresponse) => void;
}

type Media = { url: string; contentType: string };

/** People's texts: Twilio's keyword answers come first, then the app is told. */
export function createTextLine(dependencies: TextLineDependencies): (text: TextReceived) => Promise<TextAnswer> {
  const { accountSid, poster, numbers, optOuts, clock, autoresponses, messages } = dependencies;

  function hear({ from, to, text }: TextReceived, service: string | null): AutoresponseType | null {
    const kind = optOuts.hear(service ?? to, from, text);
    if (kind !== null) {
      const answer = { from: to, to: from, text: twilioAnswers[kind], kind, at: clock() };
      keep(autoresponses, answer);
      dependencies.onAutoresponse(answer);
    }
    return kind;
  }

  function mediaOf({ media = [] }: TextReceived, messageSid: string): Media[] {
    const folder = `${dependencies.apiUrl()}/${API_VERSION}/Accounts/${accountSid}/Messages/${messageSid}/Media`;
    return media.map((item) =>
      'bytes' in item
        ? { url: `${folder}/${dependencies.media.put(item).id}`, contentType: item.contentType }
        : { url: item.url, contentType: item.content_type },
    );
  }

  function receive(text: TextReceived, messageSid: string, service: string | null, optOut: AutoresponseType | null) {
    const media = mediaOf(text, messageSid);
    messages.set(messageSid, receivedMessage(text, { messageSid, media, service, clock }));
    const form = receivedForm(text, { accountSid, messageSid, service, media, optOut });
    return { id: messageSid, type: 'message.received', form };
  }

  return async (text) => {
    const service = numbers.serviceOf(text.to);
    const answered = hear(text, service);
    const optOut = text.autoresponseType ?? (dependencies.tellsOptOuts(service) ? answered : null);
    const told = text.autoresponseType === null ? null : optOut;
    const messageId = text.messageId ?? newSid((text.media ?? []).length > 0 ? 'MM' : 'SM');
    const url = dependencies.webhookUrl();

    const event = receive(text, messageId, service, told);
    const deliveries = Array.from({ length: text.copies ?? 1 }, () => poster.post(event, url));
    if (text.twin === true) deliveries.push(poster.post(receive(text, newSid('SM'), service, told), url));
    const [first, ...repeats] = await Promise.all(deliveries.map((delivery) => delivery.first));
    if (first === undefined) throw new Error('a text is delivered at least once');
    return { ...first, messageId, repeats };
  };
}

interface Reception {
  accountSid: string;
  messageSid: string;
  service: string | null;
  media: readonly Media[];
  optOut: AutoresponseType | null;
}

/** The form of a text from a person. */
function receivedForm(text: TextReceived, reception: Reception): WebhookForm {
  const { accountSid, messageSid, service, media, optOut } = reception;
  const files = media.flatMap(({ url, contentType }, n) => [
    [`MediaUrl${n}`, url],
    [`MediaContentType${n}`, contentType],
  ]);
  return {
    ToCountry: 'US',
    ToState: 'TX',
    ToCity: 'AUSTIN',
    ToZip: '78701',
    FromCountry: 'US',
    FromState: 'NY',
    FromCity: 'NEW YORK',
    FromZip: '10001',
    SmsMessageSid: messageSid,
    SmsSid: messageSid,
    MessageSid: messageSid,
    AccountSid: accountSid,
    SmsStatus: 'received',
    From: text.from,
    To: text.to,
    Body: text.text,
    NumSegments: String(countSegments(text.text).parts),
    NumMedia: String(media.length),
    ApiVersion: API_VERSION,
    ...(service !== null && { MessagingServiceSid: service }),
    ...(optOut !== null && { OptOutType: optOut }),
    ...Object.fromEntries(files),
  };
}

function receivedMessage(
  text: TextReceived,
  reception: { messageSid: string; media: readonly Media[]; service: string | null; clock: Clock },
): TwilioMessage {
  const now = reception.clock();
  return {
    sid: reception.messageSid,
    direction: 'inbound',
    status: 'received',
    from: text.from,
    to: text.to,
    text: text.text,
    mediaUrls: reception.media.map(({ url }) => url),
    service: reception.service,
    webhookUrl: null,
    errorCode: null,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
  };
}
