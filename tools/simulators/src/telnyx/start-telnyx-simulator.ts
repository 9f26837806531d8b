import { systemClock } from '@frontdesk/kernel';
import { createMediaShelf, type MediaShelf } from '../wire/media-shelf.ts';
import { createListeners } from '../wire/listeners.ts';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import { createCarrierParts } from '../wire/simulated-carrier.ts';
import type { Autoresponse, TextAccepted } from '../wire/texting.ts';
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
  const autoresponses: Autoresponse[] = [];
  const answers = createListeners<Autoresponse>();
  const calls = new Map<string, RunningCall>();
  const carrier = createCarrierParts<TextAccepted, RefusalCode>({
    clock,
    webhookTimeoutMs: options.webhookTimeoutMs ?? 2_000,
  });
  const { background, courier, throughput } = carrier;
  const numbers = createNumberBook(options.numbers);
  const optOuts = createOptOuts(clock);
  const signer = createTelnyxSigner(options.seed ?? REFERENCE_SEED);
  const poster = createEventPoster({ courier, signer, clock, retryGapsMs: options.retryGapsMs ?? [1_000, 3_000] });
  const receipts = createTelnyxReceipts({ background, poster, clock });
  let urls: TelnyxWebhookUrls | null = options.webhookUrls ?? null;
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
      plannedRefusal: carrier.plannedRefusal,
      profileWebhookUrl: () => urls?.messages ?? null,
      onAccepted: carrier.onAccepted,
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
    strike: carrier.misbehaviours.strike,
    fault: telnyxFault,
    notFound: () => refusal('10005', 'The requested resource or URL could not be found.'),
  });

  return {
    ...registrations.switches,
    ...carrier.simulated({ server, routes, receipts, behave: registrations.behave }),
    apiUrl: `${server.origin}/v2`,
    publicKey: signer.publicKey,
    autoresponses,
    setWebhookUrls(given) {
      urls = given;
    },
    assignNumber: numbers.assign,
    setSignatureClock: poster.setSignatureClock,
    onAutoresponse: answers.add,
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
    sign: (body, timestampSeconds = Math.floor(clock().epochMilliseconds / 1000)) => ({
      ...TELNYX_HEADERS,
      ...signer.sign(body, timestampSeconds),
    }),
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
