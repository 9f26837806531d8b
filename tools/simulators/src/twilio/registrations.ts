import type { Clock } from '@frontdesk/kernel';
import type { Background } from '../wire/background.ts';
import { createPlannedRefusals, keyedRoutes } from '../wire/keyed-routes.ts';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import { createCampaignBook } from './account/campaign-book.ts';
import { createIncomingNumbers } from './account/incoming-numbers.ts';
import { numberRoutes } from './account/number-routes.ts';
import { createNumberShelf } from './account/number-shelf.ts';
import { createServiceBook } from './account/service-book.ts';
import { serviceRoutes } from './account/service-routes.ts';
import { createContentBook, type ContentBook, type TwilioContent } from './content/content-book.ts';
import { contentRoutes } from './content/content-routes.ts';
import { refusal, type TwilioRefusalCode } from './errors.ts';
import type { TwilioNumbers } from './number-book.ts';
import type { TwilioNewsPlan, TwilioRegistrations } from './registration-types.ts';
import { createSenderBook, type SenderBook, type TwilioSender } from './senders/sender-book.ts';
import { senderRoutes } from './senders/sender-routes.ts';
import { contentNews, senderNews } from './news.ts';
import type { TwilioTextReceived } from './types.ts';
import type { TwilioEvent, TwilioPoster } from './webhook-poster.ts';
import type { Windows } from './windows.ts';

interface RegistrationDependencies {
  accountSid: string;
  numbers: TwilioNumbers;
  windows: Windows;
  poster: TwilioPoster;
  background: Background;
  clock: Clock;
  authenticate: (request: ReceivedRequest) => Reply | null;
  /** Numbers that are on WhatsApp already. */
  whatsAppNumbers: readonly string[] | undefined;
  /** Where the approvals of templates are told, which have no address of their own. */
  newsUrl: () => string | null;
  /** Everybody says yes after this long; null when a test decides. */
  approveAfterMs: number | null;
}

/** Numbers, contents and senders at Twilio. */
export function createRegistrations(dependencies: RegistrationDependencies): {
  routes: readonly Route[];
  switches: TwilioRegistrations;
  contents: ContentBook;
  senders: SenderBook;
  windowRefusal: () => 'answer' | 'receipt';
  /** The addresses that were given to what the text or the call comes to. */
  urlsOf: (number: string) => { messages: string | null; voice: string | null; voiceStatus: string | null };
  whatsAppUrlOf: (text: TwilioTextReceived) => string | null;
  behave: () => void;
} {
  const { accountSid, numbers, windows, poster, background, clock, approveAfterMs } = dependencies;
  const refusals = createPlannedRefusals((code: TwilioRefusalCode) => refusal(code));
  const keyed = keyedRoutes(dependencies.authenticate, refusals);
  const shelf = createNumberShelf();
  const incoming = createIncomingNumbers(numbers);
  const services = createServiceBook({ numbers, clock });
  const campaigns = createCampaignBook();
  const contents = createContentBook(clock);
  const senders = createSenderBook(dependencies.whatsAppNumbers);
  let windowRefusal: 'answer' | 'receipt' = 'answer';

  async function tell(event: TwilioEvent, url: string | null, { copies = 1 }: TwilioNewsPlan = {}) {
    if (url === null) return null;
    const told = Array.from({ length: copies }, () => poster.post(event, url));
    const [first = null] = await Promise.all(told.map((delivery) => delivery.first));
    return first;
  }

  function judge(content: TwilioContent, approval: Partial<TwilioContent['approval']>, plan?: TwilioNewsPlan) {
    contents.approve(content, approval);
    return tell(contentNews(content, accountSid), dependencies.newsUrl(), plan);
  }

  function move(sender: TwilioSender, change: Partial<TwilioSender>, plan?: TwilioNewsPlan) {
    Object.assign(sender, change);
    return tell(senderNews(sender, accountSid), sender.statusCallbackUrl, plan);
  }

  /** By themselves, where nobody decides by hand. */
  const later = (decide: () => Promise<unknown>) => {
    if (approveAfterMs === null) return;
    void background.run(async () => {
      await background.wait(approveAfterMs);
      await decide();
    });
  };

  function senderOf(key: string): TwilioSender {
    const found = senders.get(key) ?? senders.byNumber(key);
    if (found === null) throw new Error(`Twilio has no sender ${key}`);
    return found;
  }

  return {
    contents,
    senders,
    windowRefusal: () => windowRefusal,
    whatsAppUrlOf: ({ to }) => senders.byNumber(to)?.callbackUrl ?? null,
    urlsOf(number) {
      const own = incoming.byNumber(number);
      const service = services.get(numbers.serviceOf(number) ?? '');
      const byService = service?.useInboundWebhookOnNumber === true ? null : (service?.inboundRequestUrl ?? null);
      return {
        messages: byService ?? given(own?.smsUrl),
        voice: given(own?.voiceUrl),
        voiceStatus: given(own?.statusCallback),
      };
    },
    behave: refusals.clear,
    routes: [
      ...numberRoutes({ keyed, accountSid, shelf, incoming }),
      ...serviceRoutes({ keyed, accountSid, services, campaigns, incoming, numbers }),
      ...contentRoutes({
        keyed,
        contents,
        onSubmitted: (content) => later(() => judge(content, { status: 'approved' })),
      }),
      ...senderRoutes({ keyed, senders, onCreated: (sender) => later(() => move(sender, { status: 'ONLINE' })) }),
    ],
    switches: {
      accountNumbers: () => incoming.list().map((each) => ({ ...each, service: numbers.serviceOf(each.number) })),
      messagingServices: services.list,
      campaigns: campaigns.list,
      registerCampaign: campaigns.register,
      fillStock: shelf.fill,
      sellElsewhere: shelf.take,
      loseNumber: incoming.remove,
      contents: contents.all,
      removeContent: (key) => void contents.remove(contents.find(key).sid),
      approveTemplate: (key, plan) => judge(contents.find(key), { status: 'approved', reason: '' }, plan),
      rejectTemplate: (key, reason = 'The template violates the policy.', plan) =>
        judge(contents.find(key), { status: 'rejected', reason }, plan),
      pauseTemplate: (key, plan) => judge(contents.find(key), { status: 'paused' }, plan),
      disableTemplate: (key, plan) => judge(contents.find(key), { status: 'disabled' }, plan),
      senders: senders.list,
      moveSender: (key, status, { reasons = [], ...plan } = {}) =>
        move(senderOf(key), { status, offlineReasons: reasons }, plan),
      closeWindow: windows.close,
      openWindow: windows.open,
      setWindowRefusal(how) {
        windowRefusal = how;
      },
      refuseRequests: refusals.refuse,
    },
  };
}

const given = (url: string | undefined) => (url === undefined || url === '' ? null : url);
