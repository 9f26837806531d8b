import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply } from '../wire/route.ts';
import { refusal } from './errors.ts';

interface TwilioAccount {
  accountSid: string;
  authToken: () => string;
  rotate: (authToken: string) => void;
  /** Refuses a request that is not signed in, or asks for another account. */
  authenticate: (request: ReceivedRequest) => Reply | null;
}

export function createAccount(given: { accountSid?: string; authToken?: string }): TwilioAccount {
  const accountSid = given.accountSid ?? 'AC00000000000000000000000000000001';
  let authToken = given.authToken ?? 'twilio-auth-token';
  return {
    accountSid,
    authToken: () => authToken,
    rotate(token) {
      authToken = token;
    },
    authenticate({ headers, params }) {
      const [, credentials = ''] = /^Basic (\S+)$/.exec(headers.authorization ?? '') ?? [];
      const isKnown = Buffer.from(credentials, 'base64').toString('utf8') === `${accountSid}:${authToken}`;
      if (!isKnown) return refusal(20003);
      // Only paths of the oldest API name the account.
      return (params['account'] ?? accountSid) === accountSid ? null : refusal(20404);
    },
  };
}
