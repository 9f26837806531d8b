import { systemClock } from '@frontdesk/kernel';
import { createListeners } from '../wire/listeners.ts';
import { createMediaShelf } from '../wire/media-shelf.ts';
import type { Reply, Route } from '../wire/route.ts';
import { createCarrierParts } from '../wire/simulated-carrier.ts';
import type { Autoresponse } from '../wire/texting.ts';
import { startWireServer } from '../wire/wire-server.ts';
import { createAccount } from './account.ts';
import { createCall } from './call.ts';
import { refusal, type TwilioRefusalCode } from './errors.ts';
import { mediaRoutes } from './media-routes.ts';
import { messageRoutes } from './message-routes.ts';
import type { TwilioMessage } from './message.ts';
import { createTwilioNumbers } from './number-book.ts';
import { createTwilioOptOuts } from './opt-outs.ts';
import { createTwilioReceipts } from './receipts.ts';
import { createRegistrations } from './registrations.ts';
import { createTextLine } from './text-line.ts';
import type { TwilioAccepted, TwilioSimulator, TwilioSimulatorOptions, TwilioWebhookUrls } from './types.ts';
import { createTwilioPoster } from './webhook-poster.ts';
import { createWindows } from './windows.ts';

/** Twilio's texts and incoming calls on a port of this machine. */
export async function startTwilioSimulator(options: TwilioSimulatorOptions = {}): Promise<TwilioSimulator> {
  const clock = options.clock ?? systemClock;
  const account = createAccount(options);
  const { accountSid, authenticate } = account;
  const autoresponses: Autoresponse[] = [];
  const messages = new Map<string, TwilioMessage>();
  const answers = createListeners<Autoresponse>();
  const carrier = createCarrierParts<TwilioAccepted, TwilioRefusalCode>({
    clock,
    webhookTimeoutMs: options.webhookTimeoutMs ?? 15_000,
  });
  const { background, courier, throughput } = carrier;
  const numbers = createTwilioNumbers(options.numbers);
  const optOuts = createTwilioOptOuts();
  const media = createMediaShelf({ idPrefix: 'ME' });
  const poster = createTwilioPoster({
    courier,
    authToken: account.authToken,
    retryGapsMs: options.retryGapsMs ?? [],
    route: options.route ?? ((url) => url),
  });
  const receipts = createTwilioReceipts({ accountSid, background, poster, clock });
  let urls: TwilioWebhookUrls | null = options.webhookUrls ?? null;
  let advancedOptOut = options.advancedOptOut ?? false;

  function webhookUrls(): TwilioWebhookUrls {
    if (urls === null) throw new Error('the simulator was not told where to post its webhooks');
    return urls;
  }

  const windows = createWindows(clock);
  const registrations = createRegistrations({
    accountSid,
    numbers,
    windows,
    poster,
    background,
    clock,
    authenticate,
    whatsAppNumbers: options.whatsAppNumbers,
    newsUrl: () => urls?.senders ?? null,
    approveAfterMs: options.approveAfterMs ?? null,
  });
  const { contents, senders, urlsOf } = registrations;

  const routes: Route[] = [
    ...messageRoutes({
      accountSid,
      account: { numbers, contents, isSender: senders.isOnline },
      windows,
      windowRefusal: registrations.windowRefusal,
      optOuts,
      throughput,
      receipts,
      messages,
      clock,
      authenticate,
      plannedRefusal: carrier.plannedRefusal,
      onAccepted: carrier.onAccepted,
    }),
    ...mediaRoutes({ media, authenticate }),
    ...registrations.routes,
  ];
  const server = await startWireServer({
    routes,
    port: options.port ?? 0,
    host: options.host,
    clock,
    strike: carrier.misbehaviours.strike,
    fault: twilioFault,
    notFound: () => refusal(20404),
  });

  return {
    ...registrations.switches,
    ...carrier.simulated({ server, routes, receipts, behave: registrations.behave }),
    apiUrl: server.origin,
    accountSid,
    authToken: account.authToken(),
    autoresponses,
    setWebhookUrls(given) {
      urls = given;
    },
    assignNumber: numbers.assign,
    setAdvancedOptOut(on) {
      advancedOptOut = on;
    },
    rotateAuthToken: account.rotate,
    onAutoresponse: answers.add,
    receiveText: createTextLine({
      accountSid,
      poster,
      numbers,
      optOuts,
      windows,
      clock,
      media,
      apiUrl: () => server.origin,
      webhookUrl: (text) =>
        (text.channel === 'whatsapp' ? registrations.whatsAppUrlOf(text) : urlsOf(text.to).messages) ??
        webhookUrls().messages,
      tellsOptOuts: (service) => advancedOptOut && service !== null,
      messages,
      autoresponses,
      onAutoresponse: answers.tell,
    }),
    async readMessage(messageId) {
      const message = messages.get(messageId);
      if (message === undefined) throw new Error(`Twilio has no message ${messageId}`);
      return await receipts.read(message);
    },
    async placeCall(placed) {
      const own = urlsOf(placed.to);
      const callUrls = () => ({
        voice: own.voice ?? webhookUrls().voice,
        voiceStatus: own.voiceStatus ?? webhookUrls().voiceStatus,
      });
      const call = createCall(placed, { accountSid, poster, clock, urls: callUrls });
      await call.ring();
      return call;
    },
    isOptedOut: (number, person) => optOuts.has(numbers.serviceOf(number) ?? number, person),
    sign: poster.headers,
  };
}

function twilioFault(status: 429 | 500 | 503): Reply {
  return refusal(status === 429 ? 20429 : status === 500 ? 20500 : 20503);
}
