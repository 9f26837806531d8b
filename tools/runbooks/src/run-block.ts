import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '@frontdesk/command-line/run-command-line';
import { parse } from 'shell-quote';

type Variables = Readonly<Record<string, string>>;
export type Ended = { code: number; said: string };

const commandLine = fileURLToPath(new URL('../../frontdesk/src/main.ts', import.meta.url));

/**
 * Runs the commands of a block in a folder, one after another, until one ends with another code than 0. `pnpm frontdesk` runs in this
 * process, which is quicker; everything else is for bash.
 */
export async function runBlock(commands: string, variables: Variables, folder: string): Promise<Ended> {
  let said = '';
  for (const command of linesOf(commands)) {
    const words = wordsOf(command, variables);
    const ended =
      words?.[0] === 'pnpm' && words[1] === 'frontdesk'
        ? await frontdesk(words.slice(2), variables, folder)
        : await bash(command, variables, folder);
    said += `$ ${command}\n${ended.said}\n`;
    if (ended.code !== 0) return { code: ended.code, said };
  }
  return { code: 0, said };
}

/** Reads the commands as bash would, without running them. */
export function readBlock(commands: string, folder: string): Promise<Ended> {
  return run(['-n', '-c', commands], {}, folder);
}

/** A line each, but what bash says is not at its end yet goes on. */
function linesOf(commands: string): string[] {
  return /['"]\s*$|\\$/m.test(commands) && !commands.startsWith('pnpm') ? [commands] : commands.split('\n');
}

/** Null: there is more to the line than words, so it is for the shell. */
function wordsOf(command: string, variables: Variables): string[] | null {
  const words = parse(command, variables);
  return words.every((word) => typeof word === 'string') ? words : null;
}

async function frontdesk(words: readonly string[], variables: Variables, folder: string): Promise<Ended> {
  let said = '';
  const home = process.cwd();
  const stream = { isTTY: false, write: (written: string) => void (said += written), on: () => {} };
  process.chdir(folder);
  try {
    const code = await runCommandLine(words, { stdout: stream, stderr: stream, env: variables });
    return { code, said };
  } finally {
    process.chdir(home);
  }
}

function bash(command: string, variables: Variables, folder: string): Promise<Ended> {
  return run(['-euo', 'pipefail', '-c', command], variables, folder);
}

async function run(words: readonly string[], variables: Variables, folder: string): Promise<Ended> {
  const child = spawn('bash', words, {
    cwd: folder,
    env: { ...variables, PATH: `${shims(folder)}:${process.env['PATH'] ?? ''}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await ended) as [number | null]; // of 'close'
  return { code: code ?? 1, said: stdout + stderr };
}

/** `pnpm frontdesk` without pnpm, which would look for its workspace from the folder on. */
function shims(folder: string): string {
  const path = join(folder, '.bin');
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'pnpm'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${commandLine}" "$@"\n`, {
    mode: 0o755,
  });
  return path;
}
