import { systemClock } from '@frontdesk/kernel';
import { createBackground } from '../wire/background.ts';
import { keep } from '../wire/keep.ts';
import { createMediaShelf, type MediaShelf } from '../wire/media-shelf.ts';
import { createListeners } from '../wire/listeners.ts';
import { createMisbehaviours } from '../wire/misbehaviour.ts';
import { createPlanned } from '../wire/planned.ts';
import type { ReceivedRequest } from '../wire/received-request.ts';
import { describeRoutes, type Reply, type Route } from '../wire/route.ts';
import type { Autoresponse, TextAccepted } from '../wire/texting.ts';
import { createThroughput } from '../wire/throughput.ts';
import { waitForText } from '../wire/wait-for-text.ts';
import { createWebhookCourier } from '../wire/webhook-courier.ts';
import { startWireServer } from '../wire/wire-server.ts';
import { callRoutes } from './call-routes.ts';
import { createCall, type RunningCall } from './call.ts';
import { refusal, type RefusalCode } from './errors.ts';
import { deliveryLogRoutes } from './delivery-log-routes.ts';
import { createEventPoster, TELNYX_HEADERS } from './event-poster.ts';
import { messageRoutes } from './message-routes.ts';
import { createNumberBook } from './number-book.ts';
import { optOutRoutes } from './opt-out-routes.ts';
import { createOptOuts } from './opt-outs.ts';
import { createTelnyxReceipts } from './receipts.ts';
import { createRegistrations } from './registrations.ts';
import { createTelnyxSigner, REFERENCE_SEED } from './signature.ts';
import { createTextLine } from './text-line.ts';
import type { TelnyxSimulator, TelnyxSimulatorOptions, TelnyxWebhookUrls } from './types.ts';

/** Telnyx on a port of this machine: texts, calls, numbers, hosted numbers and campaigns. */
export async function startTelnyxSimulator(options: TelnyxSimulatorOptions = {}): Promise<TelnyxSimulator> {
  const clock = options.clock ?? systemClock;
  const accepted: TextAccepted[] = [];
  const autoresponses: Autoresponse[] = [];
  const texts = createListeners<TextAccepted>();
  const answers = createListeners<Autoresponse>();
  const calls = new Map<string, RunningCall>();
  const misbehaviours = createMisbehaviours();
  const numbers = createNumberBook(options.numbers);
  const optOuts = createOptOuts(clock);
  const signer = createTelnyxSigner(options.seed ?? REFERENCE_SEED);
  const background = createBackground();
  const courier = createWebhookCourier({ background, clock, timeoutMs: options.webhookTimeoutMs ?? 2_000 });
  const poster = createEventPoster({ courier, signer, clock, retryGapsMs: options.retryGapsMs ?? [1_000, 3_000] });
  const receipts = createTelnyxReceipts({ background, poster, clock });
  let urls: TelnyxWebhookUrls | null = options.webhookUrls ?? null;
  const refusals = createPlanned<RefusalCode>();
  const throughput = createThroughput(clock);
  const media = createMediaShelf();

  function webhookUrl(kind: keyof TelnyxWebhookUrls): string {
    if (urls === null) throw new Error('the simulator was not told where to post its webhooks');
    return urls[kind];
  }

  const authenticate = (request: ReceivedRequest) => authentication(request, options.apiKey);
  const registrations = createRegistrations({
    book: numbers,
    poster,
    background,
    clock,
    authenticate,
    webhookUrl: () => urls?.messages ?? null,
  });
  const routes: Route[] = [
    ...messageRoutes({
      numbers,
      optOuts,
      throughput,
      receipts,
      clock,
      authenticate,
      plannedRefusal: () => refusals.next(),
      profileWebhookUrl: () => urls?.messages ?? null,
      onAccepted(text) {
        keep(accepted, text);
        texts.tell(text);
      },
    }),
    ...callRoutes({ calls, authenticate }),
    ...optOutRoutes({ optOuts, authenticate }),
    ...deliveryLogRoutes({ deliveries: courier.deliveries, authenticate }),
    mediaRoute(media),
    ...registrations.routes,
  ];
  const server = await startWireServer({
    routes,
    port: options.port ?? 0,
    host: options.host,
    clock,
    strike: misbehaviours.strike,
    fault: telnyxFault,
    notFound: () => refusal('10005', 'The requested resource or URL could not be found.'),
  });

  return {
    ...registrations.switches,
    apiUrl: `${server.origin}/v2`,
    publicKey: signer.publicKey,
    routes: describeRoutes(routes),
    requests: server.requests,
    accepted,
    autoresponses,
    deliveries: courier.deliveries,
    setWebhookUrls(given) {
      urls = given;
    },
    assignNumber: numbers.assign,
    setSignatureClock: poster.setSignatureClock,
    onText: texts.add,
    onAutoresponse: answers.add,
    waitForText: (wanted = {}) => waitForText(accepted, texts, wanted),
    layOut: (file) => `${server.origin}/media/${media.put(file).id}`,
    receiveText: createTextLine({
      poster,
      numbers,
      optOuts,
      clock,
      media,
      mediaUrl: (id) => `${server.origin}/media/${id}`,
      autoresponses,
      webhookUrl: (profileId) => registrations.webhookUrlOf(profileId) ?? webhookUrl('messages'),
      onAutoresponse: answers.tell,
    }),
    async placeCall(placed) {
      const call = createCall(placed, { poster, clock, webhookUrl: () => webhookUrl('voice') });
      calls.set(call.controlId, call);
      await call.initiate();
      return call;
    },
    hearUntold: (text) => void optOuts.hear(numbers.profileOf(text.to) ?? '', text),
    isOptedOut: (number, person) => optOuts.has(numbers.profileOf(number) ?? '', person),
    planReceipts: receipts.plan,
    releaseReceipts: receipts.release,
    misbehave: misbehaviours.misbehave,
    refuseTexts: refusals.add,
    limitThroughput: throughput.limit,
    behave() {
      misbehaviours.behave();
      registrations.behave();
      receipts.reset();
      refusals.clear();
      throughput.limit(null);
    },
    goOffline: server.goOffline,
    goOnline: server.goOnline,
    sign: (body, timestampSeconds = Math.floor(clock().epochMilliseconds / 1000)) => ({
      ...TELNYX_HEADERS,
      ...signer.sign(body, timestampSeconds),
    }),
    settled: background.settled,
    async stop() {
      await background.stop();
      await server.goOffline();
    },
  };
}

/** Telnyx keeps what came with a text on a host of its own. UNVERIFIED: whether it wants the API key there. */
function mediaRoute(media: MediaShelf): Route {
  return {
    method: 'GET',
    path: '/media/:id',
    handle({ params }) {
      const kept = media.get(params['id'] ?? '');
      return kept === null ? refusal('10005', 'There is no such file.') : { status: 200, bytes: kept };
    },
  };
}

function authentication(request: ReceivedRequest, apiKey: string | undefined): Reply | null {
  const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const isKnown = key !== undefined && (apiKey === undefined || key === apiKey);
  return isKnown ? null : refusal('10009', 'The API key is missing or not valid.');
}

function telnyxFault(status: 429 | 500 | 503): Reply {
  if (status === 429) {
    const headers = { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' };
    return { ...refusal('10011', 'You have exceeded the rate limit.'), headers };
  }
  return refusal(status === 500 ? '10007' : '10008', 'The request could not be completed.');
}
