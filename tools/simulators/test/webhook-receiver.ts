import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface ReceivedWebhook {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  atMs: number;
}

export interface WebhookReceiver {
  url: string;
  received: readonly ReceivedWebhook[];
  /** The answers to come: a status, or silence. 200 when there is none left. */
  answerWith: (...answers: readonly (number | 'silence')[]) => void;
  stop: () => Promise<void>;
}

/** Stands for the app: takes webhooks and answers as told. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  let answers: (number | 'silence')[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body, atMs: performance.now() });
      const answer = answers.shift() ?? 200;
      if (answer !== 'silence') response.writeHead(answer, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    answerWith(...given) {
      answers = [...given];
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A header that must have come once. */
export function headerOf(webhook: ReceivedWebhook, name: string): string {
  const value = webhook.headers[name];
  if (typeof value !== 'string') throw new Error(`the webhook has no header ${name}`);
  return value;
}
