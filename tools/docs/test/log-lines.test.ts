import { beforeAll, describe, expect, it } from '@jest/globals';
import { logLinesOf, readSources } from '../src/source-files.ts';
import { quoted, readText, tableOf } from '../src/tables.ts';

let sources: Map<string, string>;
let documented: { level: string; line: string }[];
beforeAll(async () => {
  sources = await readSources();
  documented = tableOf(await readText('docs/telemetry.md'), 'level').map(({ level = '', line = '' }) => ({
    level,
    line: quoted(line)[0] ?? '',
  }));
});

describe('the log lines of docs/telemetry.md', () => {
  it('have every sentence that the services and packages log, at its level', () => {
    const logged = [...sources.values()].flatMap(logLinesOf);
    expect(logged.length).toBeGreaterThan(20);
    const known = new Set(documented.map(({ level, line }) => `${level}: ${line}`));
    expect(logged.map(({ level, line }) => `${level}: ${line}`).filter((line) => !known.has(line))).toEqual([]);
  });

  it('have no sentence that nobody logs', () => {
    const code = [...sources.values()].join('\n');
    expect(documented.filter(({ line }) => !code.includes(`'${line}'`) && !code.includes(`"${line}"`))).toEqual([]);
  });
});

describe('the sentences of a source', () => {
  it('are found with their levels, over several lines, and not where the sentence is a variable', () => {
    const source = `
      logger.warn({ id, error: f(')') }, 'one thing happened');
      options.logger.error(
        { error },
        "another's fault",
      );
      logger.info({ error }, sentence);
      console.log('not this');`;
    expect(logLinesOf(source)).toEqual([
      { level: 'warn', line: 'one thing happened' },
      { level: 'error', line: "another's fault" },
    ]);
  });
});
