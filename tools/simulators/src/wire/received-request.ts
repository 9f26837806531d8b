import type { IncomingHttpHeaders } from 'node:http';

/** What a client sent, kept as it came. */
export interface ReceivedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The raw body, as text. */
  body: string;
  /** The raw body, as it came. */
  bytes: Uint8Array;
  /** The body read as JSON; undefined when it is none. */
  json: unknown;
  /** The values of the route's `:names`. */
  params: Record<string, string>;
  at: Temporal.Instant;
}
