import { describe, expect, it } from '@jest/globals';
import { createOutput } from './output.ts';
import { layOut } from './table.ts';

const terminal = ({ isTTY = true, env = {} }: { isTTY?: boolean; env?: Record<string, string> }) => {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text;
    },
    on() {},
  });
  return { out: createOutput({ stdout: stream('stdout'), stderr: stream('stderr'), env }), written };
};
const escape = '\u001B[';

describe('colours', () => {
  it('are there on a terminal', () => {
    expect(terminal({}).out.paint('red', 'no')).toBe(`${escape}31mno${escape}39m`);
  });

  it.each([
    ['in a pipe', { isTTY: false }],
    ['with NO_COLOR', { env: { NO_COLOR: '1' } }],
    ['on a terminal that knows none', { env: { TERM: 'dumb' } }],
    ['in a pipe, whatever else is asked for', { isTTY: false, env: { FORCE_COLOR: '1' } }],
  ])('are not there %s', (_, how) => {
    expect(terminal(how).out.paint('red', 'no')).toBe('no');
  });
});

describe('a progress bar', () => {
  it('is drawn on stderr and taken away', () => {
    const { out, written } = terminal({});
    const bar = out.progress('Redriving', 4);
    bar.advance(4);
    bar.done();
    expect(written.stderr).toContain(`Redriving ${'█'.repeat(28)} 4/4`);
    expect(written.stderr.endsWith('\r\u001B[K')).toBe(true);
    expect(written.stdout).toBe('');
  });

  it('is not drawn when nobody looks', () => {
    const { out, written } = terminal({ isTTY: false });
    out.progress('Redriving', 4).advance(4);
    expect(written.stderr).toBe('');
  });
});

describe('a table', () => {
  it('aligns words to the left and numbers to the right, with a dash for what is not known', () => {
    expect(
      layOut([
        { queue: 'messaging.fifo', visible: 12, oldest: null },
        { queue: 'a', visible: 3, oldest: '5 m' },
      ]),
    ).toEqual(['queue           visible  oldest', 'messaging.fifo       12  –', 'a                     3  5 m']);
  });

  it('has no lines without rows', () => {
    expect(layOut([])).toEqual([]);
  });
});
