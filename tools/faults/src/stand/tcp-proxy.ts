import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A network that fails on request, between a service and something that it talks to. */
export type TcpProxy = {
  readonly port: number;
  /** Where it leads; needed before the first connection. */
  leadTo(port: number): void;
  /** Breaks every connection, as a failing switch does. New ones work. */
  cut(): void;
  /** Refuses connections, and breaks those that stand, until `connectAgain`. */
  disconnect(): Promise<void>;
  connectAgain(): Promise<void>;
  /** Swallows what is sent, in both directions, until `behave`. */
  goSilent(): void;
  /** Delays what the other side answers. */
  slowDown(ms: number): void;
  /** Lets answers through a byte at a time. */
  drip(everyMs: number): void;
  behave(): void;
  stop(): Promise<void>;
};

export async function startTcpProxy(): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let target = 0;
  let silent = false;
  let slowMs = 0;
  let dripMs = 0;

  async function answer(from: Socket, to: Socket): Promise<void> {
    // A socket without an encoding set yields Buffers.
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (slowMs > 0) await sleep(slowMs);
      if (dripMs > 0) await dripInto(to, chunk, () => dripMs);
      else if (!silent) to.write(chunk);
    }
    to.end();
  }

  const server: Server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      near.destroy();
      far.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.setNoDelay(true).on('error', end).on('close', end);
    near.on('data', (chunk) => {
      if (!silent) far.write(chunk);
    });
    answer(far, near).catch(end);
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  const port = await listen(0);
  const cut = () => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  const disconnect = async () => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    cut();
    await closed;
  };
  return {
    port,
    leadTo: (other) => void (target = other),
    cut,
    disconnect,
    async connectAgain() {
      if (!server.listening) await listen(port);
    },
    goSilent: () => void (silent = true),
    slowDown: (ms) => void (slowMs = ms),
    drip: (everyMs) => void (dripMs = everyMs),
    behave() {
      if (silent) cut(); // what was swallowed never comes
      silent = false;
      slowMs = 0;
      dripMs = 0;
    },
    stop: disconnect,
  };
}

async function dripInto(to: Socket, chunk: Buffer, everyMs: () => number): Promise<void> {
  for (let n = 0; n < chunk.length && !to.destroyed; n += 1) {
    if (everyMs() === 0) return void to.write(chunk.subarray(n));
    to.write(chunk.subarray(n, n + 1));
    await sleep(everyMs());
  }
}
