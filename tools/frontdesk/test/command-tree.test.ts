import { describe, expect, it } from '@jest/globals';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { createContext } from '../src/context.ts';
import { createProgram } from '../src/program.ts';
import { frontdesk } from './run-frontdesk.ts';

const nowhere = { write() {}, on() {} };
const program = createProgram(createContext({ stdout: nowhere, stderr: nowhere, env: {} }));

function verbsBelow(command: CommandUnknownOpts, path: readonly string[] = []): [string, CommandUnknownOpts][] {
  if (command.commands.length === 0) return [[path.join(' '), command]];
  return command.commands.flatMap((child) => verbsBelow(child, [...path, child.name()]));
}
const verbs = verbsBelow(program);

describe('every verb', () => {
  it.each(verbs)('%s says what it does, with examples that are its own', async (path, command) => {
    expect(command.summary()).toMatch(/^[A-Z].*[^.]$/);
    const { stdout, code } = await frontdesk([...path.split(' '), '--help']);
    expect(code).toBe(0);
    const examples = stdout.split('Examples:')[1]?.match(/^ {2}\$ .+$/gm) ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(example).toContain(`frontdesk ${path}`);
  });

  it.each(verbs.filter(([path]) => path !== 'completion'))('%s can answer in JSON', (_, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--json');
  });
});

describe('what is used wrongly', () => {
  it.each([
    ['an unknown verb', ['queues', 'dept'], 'Did you mean depth?'],
    ['an unknown option', ['queues', 'list', '--jsn'], 'Did you mean --json?'],
    ['a queue that is none', ['queues', 'peek', 'mail.fifo'], 'Allowed choices are'],
    ['a missing argument', ['queues', 'peek'], 'missing required argument'],
    ['an age that is none', ['dlq', 'list', '--older-than', 'long'], 'Write it like 90s'],
    ['a group without a verb', ['queues'], 'Commands:'],
    ['nothing', [], 'Commands:'],
  ])('%s ends with 2 and says how it is done', async (_, words, advice) => {
    const { code, stdout, stderr } = await frontdesk(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(advice);
  });
});
