import type { ReceivedRequest } from './received-request.ts';

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Answered as application/json. */
  json?: unknown;
  /** Answered as text/html. */
  html?: string;
  /** Answered as it is. */
  bytes?: { contentType: string; bytes: Uint8Array };
  /** Runs when the answer is on its way, or was lost on purpose. */
  afterwards?: () => void;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v2/messages/:id` */
  path: string;
  handle: (request: ReceivedRequest) => Reply | Promise<Reply>;
}

/** The values of the `:names` in the route's path, or null when it is another path. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [n, part] of wanted.entries()) {
    const value = given[n] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}

/** `POST /v2/messages`, for tests that hold the routes against the reference. */
export function describeRoutes(routes: readonly Route[]): string[] {
  return routes.map((route) => `${route.method} ${route.path}`);
}
