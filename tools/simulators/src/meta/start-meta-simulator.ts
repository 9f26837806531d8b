import { present, systemClock } from '@frontdesk/kernel';
import { keep } from '../wire/keep.ts';
import { createListeners } from '../wire/listeners.ts';
import { createMediaShelf } from '../wire/media-shelf.ts';
import type { Reply, Route } from '../wire/route.ts';
import { createCarrierParts } from '../wire/simulated-carrier.ts';
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
  const seen: { messageId: string; typing: boolean }[] = [];
  const messages = new Map<string, MetaMessage>();
  const received = new Set<string>();
  const marks = createListeners<{ messageId: string; typing: boolean }>();
  const carrier = createCarrierParts<MetaAccepted, MetaRefusalCode>({
    clock,
    webhookTimeoutMs: options.webhookTimeoutMs ?? 10_000,
  });
  const { background, courier, throughput } = carrier;
  const accounts = createMetaAccounts({ clock, tokenDays: options.tokenDays === undefined ? 60 : options.tokenDays });
  const people = createPeople();
  const windows = createWindows(clock);
  const templates = createTemplateBook();
  const addAccount = (account: MetaAccountGiven): string => {
    for (const template of account.templates ?? []) templates.put({ ...template, wabaId: account.wabaId });
    return accounts.add(account);
  };
  for (const account of options.accounts ?? []) addAccount(account);
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
      plannedRefusal: carrier.plannedRefusal,
      refusesWindowBy: () => windowRefusal,
      wasReceived: (messageId) => received.has(messageId),
      onSeen(mark) {
        keep(seen, mark);
        marks.tell(mark);
      },
      onAccepted(text, message) {
        messages.set(text.id, message);
        carrier.onAccepted(text);
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
    strike: carrier.misbehaviours.strike,
    fault: metaFault,
    notFound: noSuchObject,
  });

  return {
    ...carrier.simulated({
      server,
      routes,
      receipts,
      behave() {
        windowRefusal = 'answer';
      },
    }),
    graphUrl: `${server.origin}/${VERSION}`,
    appId,
    appSecret,
    seen,
    templates: templates.all,
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
    onSeen: marks.add,
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
    sign: poster.headers,
  };
}

function metaFault(status: 429 | 500 | 503): Reply {
  return refusal(status === 429 ? 80007 : status === 500 ? 131000 : 131016);
}
