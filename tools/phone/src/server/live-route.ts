import type { Request, Response } from 'express';
import type { Feed, FeedBatch } from './feed.ts';

const heartbeatMs = 15_000;

/**
 * Server-sent events: first a snapshot, or what was missed since `Last-Event-ID`, then everything as it comes.
 * The browser reconnects by itself and names the last position that it saw.
 */
export function liveRoute(feed: Feed) {
  const open = new Set<Response>();
  return {
    handle(request: Request, response: Response): void {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      const missed = feed.since(request.get('last-event-id') ?? '');
      if (missed === null) response.write(message('snapshot', feed.snapshot()));
      else for (const batch of missed) response.write(message('items', batch));
      const leave = feed.subscribe((batch) => response.write(message('items', batch)));
      const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
      open.add(response);
      response.once('close', () => {
        open.delete(response);
        clearInterval(heartbeat);
        leave();
      });
    },
    close(): void {
      for (const response of open) response.end();
    },
  };
}

function message(event: 'snapshot' | 'items', { position, items }: FeedBatch): string {
  return `id: ${position}\nevent: ${event}\ndata: ${JSON.stringify(items)}\n\n`;
}
