/**
 * Why a request to a carrier has no good answer.
 * - answered: it said no, with a status and mostly a code
 * - not-sent: no connection, so not a byte of the request left
 * - lost: it may have arrived
 */
export type ApiFailure =
  | { kind: 'answered'; status: number; code: string | undefined; retryAfterMs: number | undefined }
  | { kind: 'not-sent'; code: string }
  | { kind: 'lost'; code: string };

/** The network's own codes for a connection that was never made. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What an error says that is no answer of the carrier. */
export function networkFailure(error: unknown): Exclude<ApiFailure, { kind: 'answered' }> {
  const code = networkCode(error);
  if (code !== undefined && neverConnected.has(code)) return { kind: 'not-sent', code };
  return { kind: 'lost', code: code ?? (error instanceof Error ? error.constructor.name : 'unknown') };
}

/** The milliseconds that a header with seconds asks to wait. */
export function waitOf(seconds: unknown): number | undefined {
  if (typeof seconds !== 'string' || seconds.trim() === '') return undefined;
  const wait = Number(seconds);
  return Number.isFinite(wait) && wait >= 0 ? wait * 1000 : undefined;
}

/** The first code in the chain of causes; several addresses tried side by side come as one error with a list. */
function networkCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }; // whatever was thrown
  if (typeof code === 'string') return code;
  return networkCode(Array.isArray(errors) ? errors[0] : cause, depth + 1);
}
