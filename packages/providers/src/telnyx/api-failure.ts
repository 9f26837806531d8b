import { APIError } from 'telnyx';
import { z } from 'zod';

/**
 * Why a request to Telnyx has no good answer.
 * - answered: it said no, with a status and mostly a code
 * - not-sent: no connection, so not a byte of the request left
 * - lost: it may have arrived
 */
export type ApiFailure =
  | { kind: 'answered'; status: number; code: string | undefined; retryAfterMs: number | undefined }
  | { kind: 'not-sent'; code: string }
  | { kind: 'lost'; code: string };

const errorBody = z.object({ errors: z.array(z.object({ code: z.coerce.string() })).min(1) });
/** The network's own codes for a connection that was never made. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Reads what the SDK threw. */
export function readFailure(error: unknown): ApiFailure {
  if (error instanceof APIError && typeof error.status === 'number') {
    const headers = error.headers instanceof Headers ? error.headers : new Headers();
    const body = errorBody.safeParse(error.error);
    const code = body.data?.errors[0]?.code;
    return { kind: 'answered', status: error.status, code, retryAfterMs: retryAfterMs(headers) };
  }
  const code = networkCode(error);
  if (code !== undefined && neverConnected.has(code)) return { kind: 'not-sent', code };
  return { kind: 'lost', code: code ?? (error instanceof Error ? error.constructor.name : 'unknown') };
}

/** Telnyx says when to come back in `retry-after` (seconds), or in `x-ratelimit-reset` (seconds left). */
function retryAfterMs(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? headers.get('x-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** The first code in the chain of causes; several addresses tried side by side come as one error with a list. */
function networkCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }; // whatever was thrown
  if (typeof code === 'string') return code;
  return networkCode(Array.isArray(errors) ? errors[0] : cause, depth + 1);
}
