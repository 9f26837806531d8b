import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@frontdesk/kernel';
import { keep } from './keep.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { readRequest } from './read-request.ts';
import type { ReceivedRequest } from './received-request.ts';
import { matchPath, type Reply, type Route } from './route.ts';

export interface WireServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  requests: readonly ReceivedRequest[];
  goOffline: () => Promise<void>;
  goOnline: () => Promise<void>;
}

interface WireServerOptions {
  routes: readonly Route[];
  port: number;
  /** The address to listen on; this machine alone when left out. */
  host?: string | undefined;
  clock: Clock;
  strike: (request: ReceivedRequest) => Misbehaviour | null;
  /** The provider's own body for a server-side refusal. */
  fault: (status: 429 | 500 | 503) => Reply;
  notFound: (request: ReceivedRequest) => Reply;
}

/** An HTTP server that keeps what it was sent and misbehaves on request. */
export async function startWireServer(options: WireServerOptions): Promise<WireServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(incoming, options.clock);
      keep(requests, request);
      await treat(request, options.strike(request), outgoing);
    } catch (error) {
      if (outgoing.destroyed || incoming.destroyed) return;
      console.error(error);
      send(outgoing, options.fault(500));
    }
  }

  async function treat(request: ReceivedRequest, how: Misbehaviour | null, outgoing: ServerResponse): Promise<void> {
    if (how?.kind === 'reset') return cut(outgoing);
    if (how?.kind === 'answer') return send(outgoing, refusalOf(how, options.fault(how.status)));
    const reply = await answer(request);
    if (how === null) return send(outgoing, reply);
    reply.afterwards?.();
    switch (how.kind) {
      case 'delay':
        await sleep(how.ms, undefined, { ref: false });
        return send(outgoing, { ...reply, afterwards: () => {} });
      case 'accept-then-fail':
        return send(outgoing, options.fault(500));
      case 'accept-then-reset':
        return cut(outgoing);
      case 'accept-then-say':
        outgoing.writeHead(200, { 'content-type': 'application/json' }).end(how.body);
        return;
      case 'accept-then-hang':
        return;
    }
  }

  async function answer(request: ReceivedRequest): Promise<Reply> {
    for (const route of options.routes) {
      if (route.method !== request.method) continue;
      const params = matchPath(route.path, request.path);
      if (params === null) continue;
      request.params = params;
      return await route.handle(request);
    }
    return options.notFound(request);
  }

  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port, host);
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    goOffline: () => close(server),
    goOnline: async () => {
      if (!server.listening) await listen(server, port, host);
    },
  };
}

function refusalOf(how: { retryAfterSeconds?: number }, reply: Reply): Reply {
  if (how.retryAfterSeconds === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(how.retryAfterSeconds) } };
}

function send(outgoing: ServerResponse, reply: Reply): void {
  const afterwards = reply.afterwards ?? (() => {});
  if (outgoing.destroyed) return afterwards();
  outgoing.once('close', afterwards);
  for (const [name, value] of Object.entries(reply.headers ?? {})) outgoing.setHeader(name, value);
  const { type, body } = contentOf(reply);
  outgoing.writeHead(reply.status, { 'content-type': type }).end(body);
}

function contentOf({ bytes, html, json }: Reply): { type: string; body: string | Uint8Array } {
  if (bytes !== undefined) return { type: bytes.contentType, body: bytes.bytes };
  if (html !== undefined) return { type: 'text/html; charset=utf-8', body: html };
  return { type: 'application/json', body: JSON.stringify(json) };
}

function cut(outgoing: ServerResponse): void {
  outgoing.req.socket.resetAndDestroy();
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator has no port');
  return address.port;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
