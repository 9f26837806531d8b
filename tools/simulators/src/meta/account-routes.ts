import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { MetaAccounts, MetaNumber } from './accounts.ts';
import { refusal } from './errors.ts';

interface AccountRouteDependencies {
  accounts: MetaAccounts;
  app: { id: string; secret: () => string };
  /** Null asks nobody before an address takes over webhooks. */
  askCallback: ((url: string, verifyToken: string) => Promise<boolean>) | null;
  /** The file with this id, as it is shown to the number; null for none. */
  showFile: (id: string, request: ReceivedRequest) => Reply | null;
  now: () => Temporal.Instant;
}

const MOST_URL = 200;
const success: Reply = { status: 200, json: { success: true } };

/** Sign-up, tokens, subscriptions, numbers; and files, which share their address with numbers. */
export function accountRoutes(dependencies: AccountRouteDependencies): Route[] {
  const { accounts, app, now } = dependencies;
  const isApp = (id: string | null, secret: string | null) => id === app.id && secret === app.secret();

  function exchange({ query }: ReceivedRequest): Reply {
    if (!isApp(query.get('client_id'), query.get('client_secret')))
      return refusal(100, 'Error validating client secret.', 1);
    const given = accounts.exchange(query.get('code') ?? '');
    if ('status' in given) return given;
    const expires = given.expiresAt === null ? {} : { expires_in: given.expiresAt.since(now()).total('seconds') };
    return { status: 200, json: { access_token: given.token, token_type: 'bearer', ...expires } };
  }

  function debug({ query, headers }: ReceivedRequest): Reply {
    const [, bearer = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    const [id = null, secret = null] = (query.get('access_token') ?? bearer).split('|');
    if (!isApp(id, secret)) return refusal(190);
    const { valid, expiresAt } = accounts.inspect(query.get('input_token') ?? '');
    const expires_at = expiresAt === null ? 0 : Math.floor(expiresAt.epochMilliseconds / 1_000);
    const data = {
      app_id: app.id,
      type: 'SYSTEM_USER',
      is_valid: valid,
      expires_at,
      scopes: ['whatsapp_business_messaging'],
    };
    return { status: 200, json: { data } };
  }

  async function subscribe(request: ReceivedRequest): Promise<Reply> {
    const account = accounts.openAccount(request);
    if ('status' in account) return account;
    const { override_callback_uri: callback, verify_token: token } = (request.json ?? {}) as Record<string, unknown>; // checked below
    if (typeof callback === 'string') {
      if (callback.length > MOST_URL || !URL.canParse(callback))
        return refusal(100, 'override_callback_uri is not valid.');
      const isOurs = await dependencies.askCallback?.(callback, String(token));
      if (isOurs === false) return refusal(100, 'The callback could not be verified.', 2_200);
    }
    account.subscribed = true;
    account.callback = typeof callback === 'string' ? callback : null;
    return success;
  }

  function unsubscribe(request: ReceivedRequest): Reply {
    const account = accounts.openAccount(request);
    if ('status' in account) return account;
    account.subscribed = false;
    account.callback = null;
    return success;
  }

  function register(request: ReceivedRequest): Reply {
    const number = accounts.openNumber(request);
    if ('status' in number) return number;
    const { pin } = (request.json ?? {}) as Record<string, unknown>; // checked below
    if (typeof pin !== 'string' || !/^\d{6}$/.test(pin)) return refusal(100, 'pin must be six digits.');
    if (number.pin !== null && number.pin !== pin) return refusal(133005);
    number.pin = pin;
    number.registered = true;
    return success;
  }

  function read(request: ReceivedRequest): Reply {
    const account = accounts.open(request);
    if ('status' in account) return account;
    const file = dependencies.showFile(request.params['id'] ?? '', request);
    if (file !== null) return file;
    const number = accounts.openNumber(request);
    return 'account' in number ? { status: 200, json: resource(number) } : number;
  }

  return [
    { method: 'GET', path: '/:version/oauth/access_token', handle: exchange },
    { method: 'GET', path: '/:version/debug_token', handle: debug },
    { method: 'POST', path: '/:version/:id/subscribed_apps', handle: subscribe },
    { method: 'DELETE', path: '/:version/:id/subscribed_apps', handle: unsubscribe },
    { method: 'POST', path: '/:version/:id/register', handle: register },
    { method: 'GET', path: '/:version/:id', handle: read },
  ];
}

function resource({ phoneNumberId, number, displayName, quality, registered }: MetaNumber): Record<string, unknown> {
  const [, area, office, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return {
    id: phoneNumberId,
    display_phone_number: area === undefined ? number : `+1 ${area}-${office}-${line}`,
    verified_name: displayName,
    quality_rating: quality,
    throughput: { level: 'STANDARD' },
    messaging_limit_tier: 'TIER_250',
    status: registered ? 'CONNECTED' : 'PENDING',
  };
}
