import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { frontdesk } from './run-frontdesk.ts';

let script: string;
beforeAll(async () => {
  script = (await frontdesk(['completion', 'bash'])).stdout;
});

/** What a bash without settings of its own prints after it has loaded the script. */
function bash(commands: string): string {
  return execFileSync('bash', ['--norc', '-c', `set -u\n${script}\n${commands}`], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
}

/** What it offers for the last word of a line. */
function offered(...line: string[]): string[] {
  const words = ['frontdesk', ...line].map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${words}); COMP_CWORD=${line.length}; _frontdesk; printf '%s\\n' "\${COMPREPLY[@]:-}"`;
  return bash(ask)
    .split('\n')
    .filter((word) => word !== '');
}

describe('completion in bash', () => {
  it('offers groups, verbs and options', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['queues', 'dlq', 'simulate', 'completion']));
    expect(offered('qu')).toEqual(['queues']);
    expect(offered('queues', 'p')).toEqual(['peek', 'purge']);
    expect(offered('numbers', 'host', 'c')).toEqual(['check', 'code', 'cancel']);
    expect(offered('queues', 'peek', '--')).toEqual(expect.arrayContaining(['--limit', '--body', '--json', '--help']));
  });

  it('offers the values that an argument or an option takes', () => {
    expect(offered('queues', 'peek', 'messaging')).toEqual(['messaging.fifo', 'messaging-dlq.fifo']);
    expect(offered('dlq', 'list', '--queue', '')).toEqual(['conversation.fifo', 'messaging.fifo', 'payments.fifo']);
    expect(offered('dlq', 'list', '--type', '')).toEqual([]);
  });

  it('goes on after options and their values', () => {
    expect(offered('dlq', 'redrive', '--rate', '5', '--y')).toEqual(['--yes']);
  });

  it('defines the command where none is installed, as the one of this checkout', () => {
    const [, runner = ''] = /node '([^']+)' frontdesk/.exec(bash('declare -f frontdesk')) ?? [];
    expect(existsSync(runner)).toBe(true);
  });
});

describe('completion in other shells', () => {
  it.each(['zsh', 'fish'])('knows the same commands in %s', async (shell) => {
    const { stdout, code } = await frontdesk(['completion', shell]);
    expect(code).toBe(0);
    for (const path of ['queues peek', 'dlq redrive', 'simulate text', 'effects check']) {
      expect(stdout).toContain(`'${path}'`);
    }
    expect(stdout).toContain('messaging-dlq.fifo');
  });
});
