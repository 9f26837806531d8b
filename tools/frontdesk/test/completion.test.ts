import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { frontdesk } from './run-frontdesk.ts';

let script: string;
beforeAll(async () => {
  script = (await frontdesk(['completion', 'bash'])).stdout;
});

/** What bash offers for the last word of a line. */
function offered(...line: string[]): string[] {
  const words = ['frontdesk', ...line].map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${words}); COMP_CWORD=${line.length}; _frontdesk; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', `set -eu\n${script}\n${ask}`], { encoding: 'utf8' })
    .split('\n')
    .filter((word) => word !== '');
}

describe('completion in bash', () => {
  it('offers groups, verbs and options', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['queues', 'dlq', 'simulate', 'completion']));
    expect(offered('qu')).toEqual(['queues']);
    expect(offered('queues', 'p')).toEqual(['peek', 'purge']);
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

  it('defines the command where none is installed', () => {
    const started = execFileSync('bash', ['-c', `${script}\nfrontdesk completion fish | head -1`], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect(started).toContain('fish completion of frontdesk');
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
