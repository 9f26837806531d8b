import { APIError } from 'telnyx';
import { z } from 'zod';
import { networkFailure, waitOf, type ApiFailure } from '../carrier/api-failure.ts';

const errorBody = z.object({ errors: z.array(z.object({ code: z.coerce.string() })).min(1) });

/** Reads what the SDK threw. */
export function readFailure(error: unknown): ApiFailure {
  if (!(error instanceof APIError) || typeof error.status !== 'number') return networkFailure(error);
  const headers = error.headers instanceof Headers ? error.headers : new Headers();
  const code = errorBody.safeParse(error.error).data?.errors[0]?.code;
  // Telnyx says when to come back in `retry-after` (seconds), or in `x-ratelimit-reset` (seconds left).
  const retryAfterMs = waitOf(headers.get('retry-after') ?? headers.get('x-ratelimit-reset'));
  return { kind: 'answered', status: error.status, code, retryAfterMs };
}
