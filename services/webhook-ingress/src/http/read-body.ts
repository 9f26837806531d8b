import type { IncomingMessage } from 'node:http';
import type { BodyFormat } from './body-format.ts';
import { Refusal } from './refusal.ts';
import type { WebhookRoute } from './webhook-route.ts';

/**
 * How the body of a request is written.
 * @throws Refusal when it is not as its provider writes it
 */
export function formatOf(request: IncomingMessage, { formats }: Pick<WebhookRoute, 'formats'>): BodyFormat {
  const [given = ''] = (request.headers['content-type'] ?? '').split(';');
  const format = formats.find(({ contentType }) => contentType === given.trim().toLowerCase());
  if (format !== undefined) return format;
  const wanted = formats.map(({ contentType }) => contentType).join(' or ');
  throw new Refusal(400, 'wrong-content-type', `send the webhook as ${wanted}`);
}

/**
 * Reads the raw bytes of a request. They are counted while reading, so that a sender cannot fill the memory.
 * @throws Refusal for more bytes than allowed, and for a body that breaks off
 */
export function readBody(
  request: IncomingMessage,
  { bodyAtMostBytes }: Pick<WebhookRoute, 'bodyAtMostBytes'>,
): Promise<Buffer> {
  const tooLarge = () => new Refusal(413, 'too-large', `a webhook has at most ${bodyAtMostBytes} bytes`);
  if (Number(request.headers['content-length']) > bodyAtMostBytes) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyAtMostBytes) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on('error', () => reject(new Refusal(400, 'unreadable', 'the body broke off: send it again')));
  });
}
