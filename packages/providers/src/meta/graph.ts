import { networkFailure, waitOf, type ApiFailure } from '../carrier/api-failure.ts';

export type GraphSettings = {
  /** With the version: `https://graph.facebook.com/v26.0`. */
  graphUrl: string;
  timeoutMs: number;
};

type GraphRequest = {
  method: 'GET' | 'POST' | 'DELETE';
  /** Parts of the path, as they are. */
  path: readonly string[];
  token: string;
  query?: Readonly<Record<string, string>>;
  json?: unknown;
};

export type GraphFailure = ApiFailure & {
  /** What Meta says to people, where it says something. */
  words?: string;
};

export type GraphAnswer = { ok: true; body: unknown } | { ok: false; failure: GraphFailure };

/** Asks Meta's Graph API once: nothing is repeated, and no redirect is followed with the token. Never throws. */
export async function askGraph(
  { graphUrl, timeoutMs }: GraphSettings,
  { method, path, token, query = {}, json }: GraphRequest,
): Promise<GraphAnswer> {
  const url = `${graphUrl}/${path.map(encodeURIComponent).join('/')}?${new URLSearchParams(query).toString()}`;
  const signal = AbortSignal.timeout(timeoutMs); // of the whole answer, its body too
  try {
    const response = await fetch(url.replace(/\?$/, ''), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      redirect: 'manual',
      signal,
    });
    const body = parseJson(await response.text());
    if (response.status >= 200 && response.status < 300) return { ok: true, body };
    return { ok: false, failure: refusalOf(response, body) };
  } catch (error) {
    if (signal.aborted) return { ok: false, failure: { kind: 'lost', code: 'timeout' } };
    return { ok: false, failure: networkFailure(error) };
  }
}

/** A field of an answer, whatever the answer is. */
export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? (body as Record<string, unknown>)[name] // an object that has it
    : undefined;
}

export const textOf = (body: unknown, name: string): string | null => {
  const value = fieldOf(body, name);
  return typeof value === 'string' && value !== '' ? value : null;
};

function refusalOf(response: Response, body: unknown): GraphFailure {
  const error = fieldOf(body, 'error');
  const code = fieldOf(error, 'code');
  const words =
    textOf(error, 'error_user_msg') ?? textOf(fieldOf(error, 'error_data'), 'details') ?? textOf(error, 'message');
  return {
    kind: 'answered',
    status: response.status,
    code: typeof code === 'number' ? String(code) : undefined,
    retryAfterMs: waitOf(response.headers.get('retry-after')),
    ...(words !== null && { words }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
