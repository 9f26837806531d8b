import { assertMayLeave, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import type { BusinessToken, WhatsAppAccounts } from '@frontdesk/numbers/ports';
import { demandGraph } from './graph-failure.ts';
import { fieldOf, textOf, type GraphSettings } from './graph.ts';
import { numberFields, readNumberAtMeta } from './number-at-meta.ts';

export type MetaAccountSettings = GraphSettings & {
  appId: string;
  /** While it is rotated, the first of two with a comma between them is used. */
  appSecret: string;
  /** Where events of the clinics' accounts go instead of to the app's own address. */
  webhook: { url: string; verifyToken: string } | null;
};

/**
 * Meta asks our address first whether it is ours. That it got no answer just then is no fault of the account. UNVERIFIED: the words,
 * which are Graph's own for webhooks of apps ("Callback verification failed with …").
 */
const didNotReachUs = /callback/i;

/** Clinics' accounts at Meta, as embedded sign-up connects them to our app. */
export function metaAccounts({ appId, appSecret, webhook, ...settings }: MetaAccountSettings): WhatsAppAccounts {
  const secret = appSecret.split(',')[0]?.trim() ?? '';
  const appToken = `${appId}|${secret}`;

  async function inspect(token: string): Promise<{ expiresAt: Temporal.Instant | null } | null> {
    const answer = await demandGraph('inspect a token', settings, {
      method: 'GET',
      path: ['debug_token'],
      token: appToken,
      query: { input_token: token },
    });
    const data = fieldOf(answer, 'data');
    if (typeof fieldOf(data, 'is_valid') !== 'boolean')
      throw new TransientFailure('Meta’s answer about a token cannot be read');
    return fieldOf(data, 'is_valid') === true && fieldOf(data, 'app_id') === appId
      ? { expiresAt: expiryOf(data) }
      : null;
  }

  return {
    async exchangeCode(code) {
      assertMayLeave('exchange a sign-up code at Meta');
      const answer = await demandGraph('exchange the code of the sign-up', settings, {
        method: 'GET',
        path: ['oauth', 'access_token'],
        token: appToken,
        query: { client_id: appId, client_secret: secret, code },
      });
      const token = textOf(answer, 'access_token');
      if (token === null) throw new PermanentFailure('Meta gave no token for the code: sign up once more');
      return { token, expiresAt: await expiryIfTold(token) };
    },

    inspectToken(token) {
      assertMayLeave('inspect a token at Meta');
      return inspect(token);
    },

    async readNumber({ phoneNumberId, token }) {
      assertMayLeave('read a number at Meta');
      const asked = { method: 'GET' as const, path: [phoneNumberId], token, query: { fields: numberFields } };
      return readNumberAtMeta(await demandGraph('show the number', settings, asked));
    },

    async subscribe({ wabaId, token }) {
      assertMayLeave('subscribe to an account at Meta');
      const override = webhook && { override_callback_uri: webhook.url, verify_token: webhook.verifyToken };
      const asked = { method: 'POST' as const, path: [wabaId, 'subscribed_apps'], token, json: override ?? {} };
      try {
        await demandGraph('subscribe to the account', settings, asked);
      } catch (error) {
        if (override === null || !(error instanceof PermanentFailure) || !didNotReachUs.test(error.message))
          throw error;
        throw new TransientFailure(error.message, { cause: error });
      }
    },

    async register({ phoneNumberId, token, pin }) {
      assertMayLeave('register a number at Meta');
      const json = { messaging_product: 'whatsapp', pin };
      const asked = { method: 'POST' as const, path: [phoneNumberId, 'register'], token, json };
      await demandGraph('register the number', settings, asked);
    },

    async unsubscribe({ wabaId, token }) {
      assertMayLeave('unsubscribe from an account at Meta');
      const asked = { method: 'DELETE' as const, path: [wabaId, 'subscribed_apps'], token };
      await demandGraph('unsubscribe from the account', settings, asked);
    },
  };

  /** The code is used up: the token must not be lost because a second question fails. */
  async function expiryIfTold(token: string): Promise<BusinessToken['expiresAt']> {
    return inspect(token).then(
      (told) => told?.expiresAt ?? null,
      () => null,
    );
  }
}

/** Unix seconds; 0 and absence say that it does not expire. */
function expiryOf(data: unknown): Temporal.Instant | null {
  const seconds = fieldOf(data, 'expires_at');
  return typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds > 0
    ? Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)
    : null;
}
