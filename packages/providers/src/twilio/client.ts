import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { z } from 'zod';
import { networkFailure, waitOf, type ApiFailure } from '../carrier/api-failure.ts';
import { authTokens } from './auth-tokens.ts';

export type TwilioSettings = {
  accountSid: string;
  /** Two, separated by a comma, while the token is rotated; the first signs our requests. */
  authToken: string;
  /** The origin of the API; Twilio itself when left out. */
  baseUrl?: string | undefined;
  timeoutMs: number;
};

/** Shared by all that talks to Twilio: no retries, and no bodies in its log. */
export function twilioClient({ accountSid, authToken, baseUrl, timeoutMs }: TwilioSettings): twilio.Twilio {
  return twilio(accountSid, authTokens(authToken)[0], {
    accountSid,
    autoRetry: false,
    logLevel: 'none',
    httpClient: new TwilioRequests({ baseUrl, timeoutMs }),
  });
}

/** Twilio's answer to a request that it refused. */
class TwilioRefusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: unknown;

  constructor(status: number, body: unknown, retryAfter: unknown) {
    super(`Twilio answered ${status}`);
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/** As many texts are handed over side by side. */
const mostConnections = 64;

/** The SDK's client, which has no base URL, no time-out for a whole request, and errors without headers. */
class TwilioRequests extends twilio.RequestClient {
  readonly #baseUrl: string | undefined;

  constructor({ baseUrl, timeoutMs }: { baseUrl: string | undefined; timeoutMs: number }) {
    super({ timeout: timeoutMs, autoRetry: false, maxSockets: mostConnections });
    this.#baseUrl = baseUrl;
    this.axios.interceptors.request.use((config) => ({ ...config, signal: AbortSignal.timeout(timeoutMs) }));
  }

  override async request<Data>(options: RequestClient.RequestOptions<Data>) {
    const answer = await super.request({ ...options, uri: this.#addressOf(options.uri) });
    const { statusCode, body, headers } = answer;
    if (statusCode >= 300) throw new TwilioRefusal(statusCode, body, headersSchema.parse(headers)['retry-after']);
    return answer;
  }

  #addressOf(uri: string): string {
    if (this.#baseUrl === undefined) return uri;
    const { pathname, search } = new URL(uri);
    return `${this.#baseUrl}${pathname}${search}`;
  }
}

/**
 * Posts JSON. The SDK's own calls of this kind send the names of their parameters as JavaScript writes them (`friendlyName`),
 * which the API does not know.
 */
export async function postJson(client: twilio.Twilio, uri: string, data: object): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  const { body }: { body: unknown } = await client.request({ method: 'post', uri, data, headers });
  return body;
}

const headersSchema = z.looseObject({ 'retry-after': z.unknown() }).catch({ 'retry-after': undefined });
const errorBody = z.object({ code: z.coerce.string() });
const errorMessage = z.object({ message: z.string() });

/** Reads what the client threw. */
export function readFailure(error: unknown): ApiFailure {
  if (!(error instanceof TwilioRefusal)) return networkFailure(error);
  const code = errorBody.safeParse(error.body).data?.code;
  return { kind: 'answered', status: error.status, code, retryAfterMs: waitOf(error.retryAfter) };
}

/** What Twilio said in words with its refusal. */
export function wordsOf(error: unknown): string | null {
  return error instanceof TwilioRefusal ? (errorMessage.safeParse(error.body).data?.message ?? null) : null;
}
