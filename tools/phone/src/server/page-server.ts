import { createServer } from 'node:http';
import { once } from 'node:events';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Desk } from '../feed-items.ts';
import { deskRoutes } from './desk-routes.ts';
import type { Feed } from './feed.ts';
import { liveRoute } from './live-route.ts';
import { readSpans } from './otlp.ts';
import { paidPage } from './paid-page.ts';
import type { PhoneLine } from './phone-line.ts';
import type { WhatsAppLine } from './whatsapp-line.ts';

export type PageServer = {
  readonly url: string;
  /** Where the services send their traces. */
  readonly telemetryUrl: string;
  /** From now on the page can be used. */
  open(page: OpenPage): void;
  stop(): Promise<void>;
};

/** What there is to see once everything runs. */
type OpenPage = {
  desk: Desk;
  line: PhoneLine;
  whatsApp: WhatsAppLine;
  /** The built page. */
  webFolder: string;
};

export type PageServerOptions = {
  feed: Feed;
  /** A free port of the system's choice when left out or 0. */
  port?: number;
};

/** Serves the page and its JSON, and receives the services' traces (OTLP over HTTP, as JSON). */
export async function startPageServer({ feed, port = 0 }: PageServerOptions): Promise<PageServer> {
  let running: OpenPage | null = null;
  let files: RequestHandler = (_request, _response, next) => next();
  const live = liveRoute(feed);
  const app = express();
  app.disable('x-powered-by');
  app.post('/v1/traces', express.json({ limit: '16mb' }), (request, response) => {
    feed.publish(readSpans(request.body));
    response.json({ partialSuccess: {} });
  });
  app.get('/api/live', (request, response) => live.handle(request, response));
  app.use('/api', express.json({ limit: '16kb' }), deskRoutes({ current: () => running }));
  app.get('/paid', (_request, response) => {
    response.type('html').send(paidPage);
  });
  app.use((request, response, next) => files(request, response, next));
  app.use((_request, response) => {
    response.status(404).json({ error: 'There is no such page.' });
  });
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const status = statusOf(error);
    response.status(status).json({ error: status < 500 ? 'That request cannot be read.' : 'The desk did not answer.' });
  });

  const server = createServer(app);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const chosen = address !== null && typeof address === 'object' ? address.port : port;
  return {
    url: `http://localhost:${chosen}`,
    telemetryUrl: `http://127.0.0.1:${chosen}`,
    open(page) {
      running = page;
      files = express.static(page.webFolder, { index: 'index.html' });
    },
    async stop() {
      live.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Body parsers and zod know whose fault it is. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 500;
  if ('issues' in error) return 400;
  return 'status' in error && typeof error.status === 'number' ? error.status : 500;
}
