import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

export type EmbeddedServer = {
  /** The owner's address of a database: `postgresql://owner@…/name`. */
  adminUrl(database: string): string;
  /** The application login's address of a database. */
  appUrl(database: string): string;
  /** The operators' login's address of a database. */
  operatorUrl(database: string): string;
  /** The server dies at once, as by a power cut: its memory is lost, what was written is not. */
  crash(): Promise<void>;
  /** Brings a crashed server back; it recovers from its log first. */
  revive(): Promise<void>;
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Keep the data here between runs; a temporary folder when left out. */
  folder?: string;
  /** Tests give up durability for speed; a desk that people use never does. */
  durable?: boolean;
};

/** What the keeper process is told: `postgres-keeper.ts <JSON>`. */
export type KeeperOrder = { folder: string; port: number; durable: boolean; removeFolder: boolean };

const stopWithinMs = 15_000;

/**
 * A real Postgres server from npm, on a free port of this machine. A keeper process holds it, in a process group of its
 * own: Ctrl-C does not reach the server before its clients are gone, and it ends when this process dies.
 */
export async function startEmbeddedPostgres({ folder, durable = true }: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const order: KeeperOrder = {
    folder: folder ?? (await mkdtemp(join(tmpdir(), 'frontdesk-postgres-'))),
    port: await freePort(),
    durable,
    removeFolder: folder === undefined,
  };
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url)), JSON.stringify(order)],
    { detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  await untilReady(keeper);
  const address = (login: string) => (database: string) => `postgresql://${login}@127.0.0.1:${order.port}/${database}`;
  return {
    adminUrl: address('frontdesk_owner:owner'),
    appUrl: address('frontdesk_app:app'),
    operatorUrl: address('frontdesk_operations:operations'),
    crash: () => ask(keeper, 'crash', 'crashed'),
    revive: () => ask(keeper, 'revive', 'ready'),
    stop: () => stop(keeper),
  };
}

async function untilReady(keeper: ChildProcess): Promise<void> {
  const said: string[] = [];
  for (const stream of [keeper.stdout, keeper.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => said.push(line));
  }
  await new Promise<void>((resolve, reject) => {
    keeper.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) resolve();
    });
    keeper.once('error', reject);
    keeper.once('exit', () => reject(new Error(`the embedded Postgres did not start: ${said.slice(-5).join(' | ')}`)));
  });
}

/** What the keeper is asked on its stdin, and the line with which it says that it is done. */
async function ask(keeper: ChildProcess, order: 'crash' | 'revive', done: string): Promise<void> {
  const answered = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      if (!chunk.toString().includes(done)) return;
      keeper.stdout?.off('data', hear);
      resolve();
    };
    keeper.stdout?.on('data', hear);
    keeper.once('exit', () => reject(new Error('the keeper of the embedded Postgres is gone')));
  });
  keeper.stdin?.write(`${order}\n`);
  await answered;
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const exited = once(keeper, 'exit');
  keeper.stdin?.end();
  const deadline = setTimeout(() => keeper.kill('SIGKILL'), stopWithinMs);
  await exited;
  clearTimeout(deadline);
}
