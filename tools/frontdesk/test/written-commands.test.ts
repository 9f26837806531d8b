import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { createContext } from '../src/context.ts';
import { createProgram } from '../src/program.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const nowhere = { write() {}, on() {} };

/** Every page but the runbooks, whose commands are run. */
const pages = execFileSync('git', ['ls-files', '*.md', ':!docs/runbooks/*'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');

const written = pages.flatMap((page) =>
  readFileSync(`${root}${page}`, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const words = /^\s*(?:pnpm|npm run) (?:--silent )?frontdesk (?:-- )?(.*)$/.exec(text)?.[1];
      return words === undefined ? [] : [{ where: `${page}:${index + 1}`, words: wordsOf(words) }];
    }),
);

/** The words of a line of shell, without its comment and what it is piped to. */
function wordsOf(line: string): string[] {
  const command = line.replace(/\s(?:#|\||>).*$/, '').replaceAll('…', '');
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) =>
    (double ?? single ?? bare ?? '').replace(/^(?:<id>|\$[A-Z]+)$/, '11111111-1111-4111-8111-111111111111'),
  );
}

function understand(words: readonly string[]): { unknown: readonly string[]; missing: readonly string[] } {
  const rest = [...words];
  let command: CommandUnknownOpts = createProgram(createContext({ stdout: nowhere, stderr: nowhere, env: {} }));
  for (let found = command; found !== undefined;) {
    command = found;
    const next = command.commands.find((child) => child.name() === rest[0]);
    if (next === undefined) break;
    rest.shift();
    found = next;
  }
  const { operands, unknown } = command.parseOptions(rest);
  const missing = command.registeredArguments.filter(
    ({ required }, index) => required && operands[index] === undefined,
  );
  const isGroup = command.commands.length > 0;
  return {
    unknown: [...unknown.filter((word) => word !== '--help'), ...(isGroup ? operands : [])],
    missing: missing.map((argument) => argument.name()),
  };
}

describe('a command that a page tells to run', () => {
  it.each(written)('$where', ({ words }) => {
    expect(understand(words)).toEqual({ unknown: [], missing: [] });
  });

  it('is seen through when it is none', () => {
    expect(understand(['events', 'replay', '--last', '1h']).unknown).toContain('--last');
    expect(understand(['events', 'rerun']).unknown).toEqual(['rerun']);
    expect(understand(['trace', 'show']).missing).toEqual(['id']);
  });
});
