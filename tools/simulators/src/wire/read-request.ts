import type { IncomingMessage } from 'node:http';
import type { Clock } from '@frontdesk/kernel';
import type { ReceivedRequest } from './received-request.ts';

/** Reads the whole request; its `params` are filled when a route is found. */
export async function readRequest(incoming: IncomingMessage, clock: Clock): Promise<ReceivedRequest> {
  const at = clock();
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const body = bytes.toString('utf8');
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
    bytes,
    json: parseJson(body),
    params: {},
    at,
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
