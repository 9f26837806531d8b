import { createServer, type RequestListener, type Server } from 'node:http';

export type Listener = {
  readonly port: number;
  /** Takes no new requests and waits for the ones in hand. */
  close(): Promise<void>;
};

/** Listens on a port (0: one that the system chooses). Slow or idle peers cannot hold a connection for ever. */
export async function listen(app: Server | RequestListener, port: number): Promise<Listener> {
  const server = typeof app === 'function' ? createServer(app) : app;
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = 65_000; // longer than a load balancer's 60 s, so that it is the one to close
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeIdleConnections();
      }),
  };
}
