import { ConfigFault } from '@frontdesk/kernel';
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js'; // this file alone, not the whole SDK
import type { VerifyAddressedSignature } from '../webhook-signature.ts';
import { authTokens } from './auth-tokens.ts';

/**
 * Twilio signs the address it called, followed by the form's parameters in the order of their names, with HMAC-SHA1 and
 * the auth token. The origin comes from configuration, never from the request: a proxy may have changed scheme, host or
 * port. Of a body that is no form it signs the address alone, which then holds the body's hash (`bodySHA256`). Its signature carries no time, so it cannot be stale. Two tokens, separated by a comma, are both good, as while
 * the token is rotated.
 * @throws ConfigFault when a token or the address is empty
 */
export function createTwilioVerifier({
  authToken,
  publicWebhookUrl,
}: {
  authToken: string;
  /** What stands before the path in the addresses that Twilio was given, without a trailing slash. */
  publicWebhookUrl: string;
}): VerifyAddressedSignature {
  const tokens = authTokens(authToken);
  if (!URL.canParse(publicWebhookUrl)) throw new ConfigFault('the public address of the webhooks is not a URL');
  const origin = publicWebhookUrl.replace(/\/+$/, '');
  return async (raw, headers, target) => {
    const signature = headers['x-twilio-signature'];
    if (typeof signature !== 'string' || signature === '') return 'missing';
    const url = `${origin}${target}`;
    if (!URL.canParse(url)) return 'invalid';
    return tokens.some((token) => isSignedBy(token, { raw, signature, url })) ? 'valid' : 'invalid';
  };
}

function isSignedBy(token: string, { raw, signature, url }: { raw: Buffer; signature: string; url: string }): boolean {
  return new URL(url).searchParams.has('bodySHA256')
    ? validateRequestWithBody(token, signature, url, raw.toString('utf8'))
    : validateRequest(token, signature, url, parametersOf(raw));
}

/** Every parameter that came, each with all its values: Twilio adds new ones without notice, and signs them. */
function parametersOf(raw: Buffer): Record<string, string[]> {
  const parameters = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(raw.toString('utf8'))) {
    parameters.set(name, [...(parameters.get(name) ?? []), value]);
  }
  return Object.fromEntries(parameters);
}
