import type { Reply } from '../wire/route.ts';

const refusals = {
  0: [401, 'AuthException'],
  1: [500, 'An unknown error has occurred.'],
  2: [503, 'Service temporarily unavailable.'],
  3: [400, 'Application does not have the capability to make this API call.'],
  4: [429, 'Application request limit reached.'],
  10: [403, 'Application does not have permission for this action.'],
  100: [400, 'Invalid parameter'],
  190: [401, 'Error validating access token: the session has expired.'],
  368: [403, 'Temporarily blocked for policies violations.'],
  80007: [429, 'Rate limit issues'],
  130429: [429, 'Rate limit hit'],
  130472: [400, "User's number is part of an experiment"],
  131000: [500, 'Something went wrong'],
  131009: [400, 'Parameter value is not valid'],
  131016: [503, 'Service unavailable'],
  131026: [400, 'Message undeliverable'],
  131031: [403, 'Business account has been locked'],
  131042: [400, 'Business eligibility payment issue'],
  131047: [400, 'Re-engagement message'],
  131048: [400, 'Spam rate limit hit'],
  131049: [400, 'Meta chose not to deliver'],
  131050: [400, 'User has stopped marketing messages'],
  131051: [400, 'Unsupported message type'],
  131056: [429, '(Business Account, Consumer Account) pair rate limit hit'],
  132000: [400, 'Number of parameters does not match the expected number of params'],
  132001: [404, 'Template name does not exist in the translation'],
  132015: [400, 'Template is paused'],
  132018: [400, 'Template button parameters do not match'],
  133005: [400, 'Two step verification PIN mismatch'],
  133010: [400, 'Phone number not registered'],
  133016: [400, 'Account register rate limit exceeded'],
} as const satisfies Record<number, readonly [status: number, title: string]>;

/** The error codes of the reference that a request can be answered with. */
export type MetaRefusalCode = keyof typeof refusals;

const titles = new Map(Object.entries(refusals).map(([code, [, title]]) => [code, title]));

/** What a receipt calls the code. */
export const titleOf = (code: string): string => titles.get(code) ?? 'Message failed';

/** The Graph API's error JSON. The reference names codes, mostly not their HTTP status: decide by code. */
export function refusal(code: MetaRefusalCode, details?: string, subcode?: number): Reply {
  const [status, title] = refusals[code];
  return {
    status,
    json: {
      error: {
        message: `(#${code}) ${title}`,
        type: 'OAuthException',
        code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
        fbtrace_id: 'A0000000000000000000000',
      },
    },
  };
}

/** What a request for something that is not there, or that the token does not open, is answered. */
export const noSuchObject = (): Reply =>
  refusal(100, 'The object does not exist or cannot be loaded due to missing permissions.', 33);
