import type { Treatment } from './treatments.ts';

/** The treatments as the table of docs/erasure.md. */
export function treatmentTable(treatments: readonly Treatment[]): string {
  const lines = treatments.map(({ table, does, words }) => `| \`${table}\` | ${does} | ${words} |`);
  return ['| table | what happens | in words |', '| --- | --- | --- |', ...lines].join('\n');
}
