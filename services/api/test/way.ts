import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, as a network or a restart does. */
export type Way = AsyncDisposable & { url: string; cut(): Promise<void>; mend(): Promise<void> };

export async function startWay(target: URL): Promise<Way> {
  const open = new Set<Socket>();
  let port = 0;
  let server: Server | undefined;

  const mend = async () => {
    server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const socket of [near, far]) {
        open.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          open.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : port;
  };
  async function cut(): Promise<void> {
    const closing = server;
    if (closing?.listening !== true) return;
    closing.close();
    for (const socket of open) socket.destroy();
    await once(closing, 'close');
  }
  await mend();
  return {
    url: Object.assign(new URL(target), { hostname: '127.0.0.1', port: String(port) }).href,
    cut,
    mend,
    [Symbol.asyncDispose]: cut,
  };
}
