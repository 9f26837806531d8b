import type { IncomingMessage } from 'node:http';

export class TooLarge extends Error {
  constructor(mostBytes: number) {
    super(`it has more than ${mostBytes} bytes`);
  }
}

/**
 * Reads a body to its end.
 * @throws TooLarge once it is known to have more than `mostBytes`
 */
export async function readAtMost(response: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  if (Number(response.headers['content-length']) > mostBytes) {
    response.destroy();
    throw new TooLarge(mostBytes);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length; // buffers, as no encoding is set
    if (size > mostBytes) throw new TooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
