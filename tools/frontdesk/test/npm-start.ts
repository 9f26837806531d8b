import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import type { Variables } from './run-frontdesk.ts';

export type NpmStart = {
  database: TestDatabase;
  /** With these variables the command line finds the stack. */
  local: Variables & { FRONTDESK_STACK_FILE: string };
  /** As Ctrl-C does; again it does nothing. */
  stop(): Promise<void>;
  /** Takes away what is left of it. */
  close(): Promise<void>;
};

/** `npm start` on a database of its own; it runs as soon as it has said where. */
export async function npmStart(...options: readonly string[]): Promise<NpmStart> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-npm-start-'));
  const local = { FRONTDESK_STACK_FILE: join(folder, 'stack.json') };
  const database = await createTestDatabase();
  const main = fileURLToPath(new URL('../../phone/src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, ...options], {
    env: {
      ...process.env,
      ...local,
      PORT: '0',
      DATABASE_URL: database.appUrl,
      DATABASE_ADMIN_URL: database.adminUrl,
      DATABASE_OPERATOR_URL: database.operatorUrl,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  while (!existsSync(local.FRONTDESK_STACK_FILE)) {
    if (child.exitCode !== null) throw new Error('npm start did not start');
    await sleep(50);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return {
    database,
    local,
    stop,
    async close() {
      await stop();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}
