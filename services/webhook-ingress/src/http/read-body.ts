import type { IncomingMessage } from 'node:http';
import type { BodyFormat } from './body-format.ts';
import { Refusal } from './refusal.ts';

/** No provider sends more. Counted while reading, so that a sender cannot fill the memory. */
const bodyAtMostBytes = 256 * 1024;

/**
 * Reads the raw bytes of a request in the format that its provider writes.
 * @throws Refusal for another content type, for more bytes than allowed, and for a body that breaks off
 */
export function readBody(request: IncomingMessage, { contentType }: BodyFormat): Promise<Buffer> {
  const [given = ''] = (request.headers['content-type'] ?? '').split(';');
  if (given.trim().toLowerCase() !== contentType) {
    throw new Refusal(400, 'wrong-content-type', `send the webhook as ${contentType}`);
  }
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

function tooLarge(): Refusal {
  return new Refusal(413, 'too-large', `a webhook has at most ${bodyAtMostBytes} bytes`);
}
