import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from '@jest/globals';

const main = new URL('../src/main.ts', import.meta.url).pathname;

/** Runs the worker in a process of its own until it kills itself at the failpoint. */
export async function crashAt(environment: Record<string, string>, failpoint: string): Promise<void> {
  const worker = spawn(process.execPath, [main], {
    env: { ...environment, AWS_REGION: 'us-east-1', FAILPOINTS: failpoint },
    stdio: 'ignore',
  });
  const [, signal] = (await once(worker, 'exit')) as [number | null, string | null]; // as the event is documented
  expect(signal).toBe('SIGKILL');
}
