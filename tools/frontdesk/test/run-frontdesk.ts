import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '../src/run-command-line.ts';

export type Ended = { code: number | null; stdout: string; stderr: string };
export type Variables = Readonly<Record<string, string>>;

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const compileCache = fileURLToPath(new URL('../../../node_modules/.cache/node-compile', import.meta.url));
/** No stack of the developer's own is found. */
const alone = { FRONTDESK_STACK_FILE: '/nowhere/stack.json' };

/** Runs the command line as its users do, in a process of its own whose environment holds these variables alone. */
export async function spawnFrontdesk(words: readonly string[], variables: Variables = {}): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...words], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, ...alone, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await ended) as [number | null]; // of 'close'
  return { code, stdout, stderr };
}

/** The same in this process, which takes no time to start. `isTTY`: somebody looks. */
export async function frontdesk(
  words: readonly string[],
  variables: Variables = {},
  { isTTY = false }: { isTTY?: boolean } = {},
): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({
    isTTY,
    write: (written: string) => {
      said[name] += written;
    },
    on() {},
  });
  const terminal = { stdout: stream('stdout'), stderr: stream('stderr'), env: { ...alone, ...variables } };
  const code = await runCommandLine(words, terminal);
  return { code, ...said };
}
