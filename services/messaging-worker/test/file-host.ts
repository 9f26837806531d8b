import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FileHost = Awaited<ReturnType<typeof startFileHost>>;

type File = { bytes: Buffer; type: string; held: boolean; asked: number; failures: number };

/** A host of a carrier's files, and of nothing else; it keeps what is posted to it. */
export async function startFileHost() {
  const files = new Map<string, File>();
  const posted: URLSearchParams[] = [];
  let waiting: (() => void)[] = [];

  const give = ({ bytes, type }: File, response: ServerResponse) =>
    response.writeHead(200, { 'content-type': type }).end(bytes);
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        posted.push(new URLSearchParams(body));
        response.writeHead(200, { 'content-type': 'text/xml' }).end('<Response/>');
      });
      return;
    }
    const file = files.get(request.url ?? '');
    if (file === undefined) return response.writeHead(404).end();
    file.asked++;
    if (file.failures > 0) {
      file.failures--;
      return response.writeHead(503).end();
    }
    if (file.held) waiting.push(() => give(file, response));
    else give(file, response);
    return;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // of a TCP server

  return {
    url,
    posted,
    /** Lays a file out and returns where. One that is `held` waits for `release`; `failures` come before it. */
    add(bytes: Buffer, { type = 'image/jpeg', held = false, failures = 0 } = {}): string {
      const path = `/${files.size}`;
      files.set(path, { bytes, type, held, failures, asked: 0 });
      return `${url}${path}`;
    },
    asked: (address: string): number => files.get(new URL(address).pathname)?.asked ?? 0,
    waiting: () => waiting.length,
    release() {
      const held = waiting;
      waiting = [];
      for (const file of files.values()) file.held = false;
      for (const answer of held) answer();
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
