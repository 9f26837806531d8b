import { present, systemClock } from '@frontdesk/kernel';
import { createBackground } from '../wire/background.ts';
import { keep } from '../wire/keep.ts';
import { createListeners } from '../wire/listeners.ts';
import { createMediaShelf } from '../wire/media-shelf.ts';
import { createMisbehaviours } from '../wire/misbehaviour.ts';
import { createPlanned } from '../wire/planned.ts';
import { describeRoutes, type Reply, type Route } from '../wire/route.ts';
import { createThroughput } from '../wire/throughput.ts';
import { waitForText } from '../wire/wait-for-text.ts';
import { createWebhookCourier } from '../wire/webhook-courier.ts';
import { startWireServer } from '../wire/wire-server.ts';
import { accountRoutes } from './account-routes.ts';
import { createMetaAccounts } from './accounts.ts';
import { askCallback } from './ask-callback.ts';
import { noSuchObject, refusal, type MetaRefusalCode } from './errors.ts';
import { createFiles } from './files.ts';
import { messageRoutes } from './message-routes.ts';
import type { MetaMessage } from './message.ts';
import { createMetaNews } from './news.ts';
import { createPeople } from './people.ts';
import { createMetaReceipts } from './receipts.ts';
import { createTemplateBook } from './template-book.ts';
import { templateRoutes } from './template-routes.ts';
import { createTextLine } from './text-line.ts';
import type { MetaAccepted, MetaAccountGiven, MetaSimulator, MetaSimulatorOptions } from './types.ts';
import { createMetaPoster } from './webhook-poster.ts';
import { createWindows } from './windows.ts';

const VERSION = 'v26.0';

/** WhatsApp's Cloud API and what of the Graph API belongs to it, on a port of this machine. */
export async function startMetaSimulator(options: MetaSimulatorOptions = {}): Promise<MetaSimulator> {
  const clock = options.clock ?? systemClock;
  const appId = options.appId ?? '1000000000001';
  let appSecret = options.appSecret ?? 'meta-app-secret';
  let url = options.webhookUrl ?? null;
  let review = options.review ?? 'by-hand';
  let windowRefusal: 'answer' | 'receipt' = 'answer';
  const accepted: MetaAccepted[] = [];
  const seen: { messageId: string; typing: boolean }[] = [];
  const messages = new Map<string, MetaMessage>();
  const received = new Set<string>();
  const texts = createListeners<MetaAccepted>();
  const marks = createListeners<{ messageId: string; typing: boolean }>();
  const misbehaviours = createMisbehaviours();
  const refusals = createPlanned<MetaRefusalCode>();
  const throughput = createThroughput(clock);
  const accounts = createMetaAccounts({ clock, tokenDays: options.tokenDays === undefined ? 60 : options.tokenDays });
  const people = createPeople();
  const windows = createWindows(clock);
  const templates = createTemplateBook();
  const addAccount = (account: MetaAccountGiven): string => {
    for (const template of account.templates ?? []) templates.put({ ...template, wabaId: account.wabaId });
    return accounts.add(account);
  };
  for (const account of options.accounts ?? []) addAccount(account);
  const background = createBackground();
  const courier = createWebhookCourier({ background, clock, timeoutMs: options.webhookTimeoutMs ?? 10_000 });
  const poster = createMetaPoster({
    courier,
    background,
    clock,
    appSecret: () => appSecret,
    url: () => present(url, 'the address that the simulator posts its webhooks to'),
    retryGapsMs: options.retryGapsMs ?? [1_000, 3_000],
  });
  const files = createFiles({ shelf: createMediaShelf(), accounts, origin: () => server.origin, clock });
  const receipts = createMetaReceipts({ background, poster, clock, people });
  const phoneNumberIdOf = (number: string) => present(accounts.byNumber(number), 'the number').phoneNumberId;
  const news = createMetaNews({ accounts, templates, poster });

  const routes: Route[] = [
    ...accountRoutes({
      accounts,
      app: { id: appId, secret: () => appSecret },
      askCallback: options.asksCallbacks === false ? null : askCallback,
      showFile: (id, request) => files.show(id, request.query, ({ account }) => accounts.open(request) === account),
      now: clock,
    }),
    ...messageRoutes({
      accounts,
      templates,
      people,
      windows,
      throughput,
      receipts,
      clock,
      plannedRefusal: () => refusals.next(),
      refusesWindowBy: () => windowRefusal,
      wasReceived: (messageId) => received.has(messageId),
      onSeen(mark) {
        keep(seen, mark);
        marks.tell(mark);
      },
      onAccepted(text, message) {
        messages.set(text.id, message);
        keep(accepted, text);
        texts.tell(text);
      },
    }),
    ...templateRoutes({
      accounts,
      templates,
      onSubmitted(template) {
        if (review === 'at-once') void background.run(async () => void (await news.approveTemplate(template.id)));
      },
    }),
    files.download,
  ];
  const server = await startWireServer({
    routes,
    port: options.port ?? 0,
    host: options.host,
    clock,
    strike: misbehaviours.strike,
    fault: metaFault,
    notFound: noSuchObject,
  });

  return {
    graphUrl: `${server.origin}/${VERSION}`,
    appId,
    appSecret,
    routes: describeRoutes(routes),
    requests: server.requests,
    accepted,
    seen,
    templates: templates.all,
    deliveries: courier.deliveries,
    setWebhookUrl(given) {
      url = given;
    },
    addAccount,
    signUp: accounts.signUp,
    expireToken: accounts.expireToken,
    revokeTokens: accounts.revokeTokens,
    rotateAppSecret(secret) {
      appSecret = secret;
    },
    subscriptionOf: accounts.subscriptionOf,
    isRegistered: accounts.isRegistered,
    setPin: accounts.setPin,
    ...news,
    setReview(how) {
      review = how;
    },
    onText: texts.add,
    onSeen: marks.add,
    waitForText: (wanted = {}) => waitForText(accepted, texts, wanted),
    receiveText: createTextLine({
      accounts,
      people,
      windows,
      poster,
      clock,
      keepFile: files.put,
      onReceived: (messageId) => void received.add(messageId),
    }),
    readMessage: (messageId) => receipts.readMessage(present(messages.get(messageId), 'the message')),
    hideNumber: people.hide,
    nameOf: (address) => people.at(address).name,
    setName: people.name,
    userIdOf: (address) => people.at(address).userId,
    closeWindow: (number, person) => windows.close(phoneNumberIdOf(number), people.at(person)),
    openWindow: (number, person) => windows.open(phoneNumberIdOf(number), people.at(person)),
    setWindowRefusal(how) {
      windowRefusal = how;
    },
    batch: poster.batch,
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
      windowRefusal = 'answer';
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

function metaFault(status: 429 | 500 | 503): Reply {
  return refusal(status === 429 ? 80007 : status === 500 ? 131000 : 131016);
}
