import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const leash = new URL('./leash.ts', import.meta.url).href;

/** Starts a child on a leash as the stack does, tells its pid, and runs on. */
const parentProgram = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['--import', ${JSON.stringify(leash)}, '-e', 'setInterval(() => {}, 1000); console.log("up")'], {
    detached: true, stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdout.once('data', () => console.log(child.pid));
  setInterval(() => {}, 1000);
`;

let parent: ChildProcess | undefined;
let childPid: number | undefined;

afterEach(() => {
  parent?.kill('SIGKILL');
  if (childPid !== undefined && runs(childPid)) process.kill(childPid, 'SIGKILL');
});

describe('a child on the leash', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)('ends when its parent dies of %s', async (signal) => {
    parent = spawn(process.execPath, ['-e', parentProgram], { stdio: ['ignore', 'pipe', 'inherit'] });
    childPid = Number(await firstLine(parent));
    expect(runs(childPid)).toBe(true);
    parent.kill(signal);
    await once(parent, 'exit');
    expect(await endsWithin(childPid, 5_000)).toBe(true);
  });
});

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the parent has no output');
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string]; // readline's event
  return line;
}

async function endsWithin(pid: number, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (runs(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
