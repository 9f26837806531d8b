import { createHmac } from 'node:crypto';
import { newId, type Clock } from '@frontdesk/kernel';
import type { Background } from '../wire/background.ts';
import type { WebhookCourier } from '../wire/webhook-courier.ts';
import type { WebhookAnswer, WebhookDelivery } from '../wire/webhook-delivery.ts';
import type { MetaAccount } from './accounts.ts';

/** One change that the app is told of. */
export interface MetaChange {
  account: MetaAccount;
  field: string;
  value: Record<string, unknown>;
}

export interface MetaPoster {
  /** Null while changes are gathered, and when the app does not hear of the account. */
  post: (change: MetaChange) => WebhookDelivery | null;
  /** Posts in one what would be posted meanwhile, to the app's own address. */
  batch: (act: () => Promise<unknown>) => Promise<WebhookAnswer | null>;
  headers: (body: string) => Record<string, string>;
}

interface PosterDependencies {
  courier: WebhookCourier;
  background: Background;
  clock: Clock;
  appSecret: () => string;
  /** Where the app hears of everything that no account sends elsewhere. */
  url: () => string;
  retryGapsMs: readonly number[];
}

export function createMetaPoster(dependencies: PosterDependencies): MetaPoster {
  const { courier, background, clock, appSecret, retryGapsMs } = dependencies;
  let gathered: MetaChange[] | null = null;

  const headers = (body: string) => ({
    'content-type': 'application/json',
    'user-agent': 'facebookexternalua',
    'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret()).update(body).digest('hex')}`,
  });

  function deliver(changes: readonly MetaChange[], url: string): WebhookDelivery {
    const body = bodyOf(changes, clock);
    return courier.deliver({
      eventId: newId(),
      eventType: changes.map(({ field }) => field).join(','),
      tries: [0, ...retryGapsMs].map((waitMs) => ({ url, waitMs })),
      compose: () => ({ body, headers: headers(body) }),
      retryAfter: ({ status }) => status !== 200,
    });
  }

  return {
    headers,

    post(change) {
      const { account, field } = change;
      if (field === 'messages' && !account.subscribed) return null;
      if (gathered !== null) {
        gathered.push(change);
        return null;
      }
      // Templates and accounts always go to the app's own address.
      const callback = field === 'messages' ? account.callback : null;
      return deliver([change], callback ?? dependencies.url());
    },

    async batch(act) {
      gathered = [];
      let changes: readonly MetaChange[] = [];
      try {
        await act();
        await background.settled();
      } finally {
        changes = gathered;
        gathered = null;
      }
      return changes.length === 0 ? null : await deliver(changes, dependencies.url()).first;
    },
  };
}

/** As Meta writes JSON: nothing but ASCII, and slashes escaped. Who signs what they parsed and wrote anew gets it wrong. */
function bodyOf(changes: readonly MetaChange[], clock: Clock): string {
  const time = Math.floor(clock().epochMilliseconds / 1_000);
  const entry = changes.map(({ account, field, value }) => ({
    id: account.wabaId,
    ...(field !== 'messages' && { time }),
    changes: [{ field, value }],
  }));
  return JSON.stringify({ object: 'whatsapp_business_account', entry })
    .replaceAll('/', '\\/')
    .replaceAll(/\P{ASCII}/gu, (character) => character.split('').map(escapeUnit).join(''));
}

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
