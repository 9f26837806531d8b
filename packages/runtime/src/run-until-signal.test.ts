import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const runtime = new URL('./run-until-signal.ts', import.meta.url).href;

/** Runs a service of these two functions in a process of its own, and gives its exit code and what it printed. */
async function run(start: string, stop: string, signal?: NodeJS.Signals): Promise<{ code: number; printed: string }> {
  const program = `
    import { runUntilSignal } from '${runtime}';
    const logger = { info() {}, warn() {}, error(fields, message) { console.log('logged: ' + message); } };
    await runUntilSignal({ start: async () => { ${start} }, stop: async () => { ${stop} } }, { logger });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
    if (signal !== undefined && printed.includes('started')) child.kill(signal);
  });
  const [code] = (await once(child, 'close')) as [number]; // the event's own arguments
  return { code, printed };
}

const started = "setInterval(() => {}, 1000); console.log('started');";

describe('a service that runs until it is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly at %s, finishing what is in hand', async (signal) => {
    const finish = "await new Promise((resolve) => setTimeout(resolve, 50)); console.log('finished');";
    const { code, printed } = await run(started, finish, signal);
    expect(printed).toContain('finished');
    expect(code).toBe(0);
  });

  it('tells by its exit code that it did not stop cleanly', async () => {
    const { code, printed } = await run(started, "throw new Error('stuck')", 'SIGTERM');
    expect(code).toBe(1);
    expect(printed).toContain('logged: the service did not stop cleanly');
  });

  it.each([
    ['a failed start', "throw new Error('no database')", 'logged: the service did not start'],
    [
      'an error that nobody caught',
      "setTimeout(() => { throw new Error('bug'); }, 1)",
      'logged: a failure that nobody',
    ],
    ['a forgotten rejection', "void Promise.reject(new Error('bug'))", 'logged: a failure that nobody'],
  ])('ends after %s, and lets the rest finish', async (_what, start, said) => {
    const { code, printed } = await run(start, "console.log('finished')");
    expect(printed).toContain(said);
    expect(printed).toContain('finished');
    expect(code).toBe(1);
  });
});
