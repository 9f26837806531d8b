import { systemClock } from '@frontdesk/kernel';
import { createBackground } from '../wire/background.ts';
import { keep } from '../wire/keep.ts';
import { createListeners } from '../wire/listeners.ts';
import { createMediaShelf } from '../wire/media-shelf.ts';
import { createMisbehaviours } from '../wire/misbehaviour.ts';
import { createPlanned } from '../wire/planned.ts';
import { createReceipts } from '../wire/receipts.ts';
import { describeRoutes, type Reply, type Route } from '../wire/route.ts';
import type { Autoresponse, TextAccepted } from '../wire/texting.ts';
import { createThroughput } from '../wire/throughput.ts';
import { waitForText } from '../wire/wait-for-text.ts';
import { createWebhookCourier } from '../wire/webhook-courier.ts';
import { startWireServer } from '../wire/wire-server.ts';
import { createAccount } from './account.ts';
import { createCall } from './call.ts';
import { refusal, type TwilioRefusalCode } from './errors.ts';
import { mediaRoutes } from './media-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { markFinal, markSent, statusForm, type TwilioMessage } from './message.ts';
import { createTwilioNumbers } from './number-book.ts';
import { createTwilioOptOuts } from './opt-outs.ts';
import { createTextLine } from './text-line.ts';
import type { TwilioFinalStatus, TwilioSimulator, TwilioSimulatorOptions, TwilioWebhookUrls } from './types.ts';
import { createTwilioPoster, type TwilioEvent } from './webhook-poster.ts';

/** Twilio's texts and incoming calls on a port of this machine. */
export async function startTwilioSimulator(options: TwilioSimulatorOptions = {}): Promise<TwilioSimulator> {
  const clock = options.clock ?? systemClock;
  const account = createAccount(options);
  const { accountSid, authenticate } = account;
  const accepted: TextAccepted[] = [];
  const autoresponses: Autoresponse[] = [];
  const messages = new Map<string, TwilioMessage>();
  const texts = createListeners<TextAccepted>();
  const answers = createListeners<Autoresponse>();
  const misbehaviours = createMisbehaviours();
  const refusals = createPlanned<TwilioRefusalCode>();
  const throughput = createThroughput(clock);
  const numbers = createTwilioNumbers(options.numbers);
  const optOuts = createTwilioOptOuts();
  const media = createMediaShelf({ idPrefix: 'ME' });
  const background = createBackground();
  const courier = createWebhookCourier({ background, clock, timeoutMs: options.webhookTimeoutMs ?? 15_000 });
  const poster = createTwilioPoster({
    courier,
    authToken: account.authToken,
    retryGapsMs: options.retryGapsMs ?? [],
    route: options.route ?? ((url) => url),
  });
  const statusEvent = (message: TwilioMessage): TwilioEvent => ({
    id: `${message.sid}:${message.status}`,
    type: `message.${message.status}`,
    form: statusForm(message, accountSid),
  });
  const receipts = createReceipts<TwilioMessage, TwilioFinalStatus, TwilioEvent>({
    background,
    usual: 'delivered',
    neverLeft: (status) => status === 'failed',
    markSent(message) {
      markSent(message, clock);
      return statusEvent(message);
    },
    markFinal(message, outcome) {
      markFinal(message, outcome, clock);
      return statusEvent(message);
    },
    post: ({ webhookUrl }, event) => (webhookUrl === null ? null : poster.post(event, webhookUrl)),
  });
  let urls: TwilioWebhookUrls | null = options.webhookUrls ?? null;
  let advancedOptOut = options.advancedOptOut ?? false;

  function webhookUrls(): TwilioWebhookUrls {
    if (urls === null) throw new Error('the simulator was not told where to post its webhooks');
    return urls;
  }

  const routes: Route[] = [
    ...messageRoutes({
      accountSid,
      numbers,
      optOuts,
      throughput,
      receipts,
      messages,
      clock,
      authenticate,
      plannedRefusal: () => refusals.next(),
      onAccepted(text) {
        keep(accepted, text);
        texts.tell(text);
      },
    }),
    ...mediaRoutes({ media, authenticate }),
  ];
  const server = await startWireServer({
    routes,
    port: options.port ?? 0,
    host: options.host,
    clock,
    strike: misbehaviours.strike,
    fault: twilioFault,
    notFound: () => refusal(20404),
  });

  return {
    apiUrl: server.origin,
    accountSid,
    authToken: account.authToken(),
    routes: describeRoutes(routes),
    requests: server.requests,
    accepted,
    autoresponses,
    deliveries: courier.deliveries,
    setWebhookUrls(given) {
      urls = given;
    },
    assignNumber: numbers.assign,
    setAdvancedOptOut(on) {
      advancedOptOut = on;
    },
    rotateAuthToken: account.rotate,
    onText: texts.add,
    onAutoresponse: answers.add,
    waitForText: (wanted = {}) => waitForText(accepted, texts, wanted),
    receiveText: createTextLine({
      accountSid,
      poster,
      numbers,
      optOuts,
      clock,
      media,
      apiUrl: () => server.origin,
      webhookUrl: () => webhookUrls().messages,
      tellsOptOuts: (service) => advancedOptOut && service !== null,
      messages,
      autoresponses,
      onAutoresponse: answers.tell,
    }),
    async placeCall(placed) {
      const call = createCall(placed, { accountSid, poster, clock, urls: webhookUrls });
      await call.ring();
      return call;
    },
    isOptedOut: (number, person) => optOuts.has(numbers.serviceOf(number) ?? number, person),
    planReceipts: receipts.plan,
    releaseReceipts: receipts.release,
    misbehave: misbehaviours.misbehave,
    refuseTexts: refusals.add,
    limitThroughput: throughput.limit,
    behave() {
      misbehaviours.behave();
      receipts.reset();
      refusals.clear();
      throughput.limit(null);
    },
    goOffline: server.goOffline,
    goOnline: server.goOnline,
    sign: poster.headers,
    settled: background.settled,
    async stop() {
      await background.stop();
      await server.goOffline();
    },
  };
}

function twilioFault(status: 429 | 500 | 503): Reply {
  return refusal(status === 429 ? 20429 : status === 500 ? 20500 : 20503);
}
