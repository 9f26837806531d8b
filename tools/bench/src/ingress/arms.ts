import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from '@frontdesk/local-stack';

/** One of the two servers that are compared, in a process of its own. */
export type Arm = {
  name: 'frontdesk' | 'bare-express';
  port: number;
  pid: number;
  /** Each accepted webhook is one row in each of these, and each text in the table of texts. */
  tables: readonly string[];
  textTable: string | null;
  stop(): Promise<void>;
};

const tables = {
  frontdesk: { tables: ['webhook_events', 'outbox'], textTable: 'inbound_messages' },
  'bare-express': { tables: ['bare_webhooks'], textTable: null },
};

export async function startArm(name: Arm['name'], environment: Record<string, string>): Promise<Arm> {
  const port = await freePort();
  const script = new URL(`${name}-arm.ts`, import.meta.url).pathname;
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...environment, PORT: String(port), NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await listening(port, child);
  return {
    name,
    port,
    pid: child.pid ?? 0,
    ...tables[name],
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (reached) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('a server of the benchmark did not start');
}
