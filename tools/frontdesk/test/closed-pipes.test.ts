import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

describe('a command whose reader has gone, as head does', () => {
  it.each([
    ['stdout', ['queues', 'list'], 0],
    ['stderr', ['queues', 'dept'], 2],
  ] as const)(
    'goes on to its own end without %s',
    async (name, words, expected) => {
      const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
      child[name].destroy();
      const [code] = await once(child, 'exit');
      expect(code).toBe(expected);
    },
    60_000,
  );
});
