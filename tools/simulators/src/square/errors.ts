import type { Reply } from '../wire/route.ts';

const CATEGORIES = {
  UNAUTHORIZED: [401, 'AUTHENTICATION_ERROR'],
  ACCESS_TOKEN_EXPIRED: [401, 'AUTHENTICATION_ERROR'],
  ACCESS_TOKEN_REVOKED: [401, 'AUTHENTICATION_ERROR'],
  NOT_FOUND: [404, 'INVALID_REQUEST_ERROR'],
  MISSING_REQUIRED_PARAMETER: [400, 'INVALID_REQUEST_ERROR'],
  CONFLICTING_PARAMETERS: [400, 'INVALID_REQUEST_ERROR'],
  INVALID_VALUE: [400, 'INVALID_REQUEST_ERROR'],
  IDEMPOTENCY_KEY_REUSED: [400, 'INVALID_REQUEST_ERROR'],
  RATE_LIMITED: [429, 'RATE_LIMIT_ERROR'],
  INTERNAL_SERVER_ERROR: [500, 'API_ERROR'],
  SERVICE_UNAVAILABLE: [503, 'API_ERROR'],
} as const satisfies Record<string, readonly [status: number, category: string]>;

export type SquareErrorCode = keyof typeof CATEGORIES;

/** The answer `{"errors":[…]}`. The status of each code is the usual one of its category. */
export function squareError(code: SquareErrorCode, detail: string, field?: string): Reply {
  const [status, category] = CATEGORIES[code];
  return { status, json: { errors: [{ category, code, detail, ...(field === undefined ? {} : { field }) }] } };
}

export function squareFault(status: 429 | 500 | 503): Reply {
  if (status === 429) return squareError('RATE_LIMITED', 'Too many requests.');
  return squareError(status === 500 ? 'INTERNAL_SERVER_ERROR' : 'SERVICE_UNAVAILABLE', 'The request failed.');
}
