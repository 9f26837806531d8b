import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { suppressions } from '../src/clear-to-send.ts';
import { page, tables, withTables } from './texting-rules/tables.ts';

describe('docs/texting-rules.md', () => {
  const text = readFileSync(page, 'utf8');

  it('has the tables that the gate reads: write them anew with `pnpm --filter @frontdesk/messaging texting-rules`', () => {
    for (const rows of Object.values(tables)) expect(text).toContain(rows);
    expect(withTables(text)).toBe(text);
  });

  it('names every reason why a text does not leave', () => {
    const missing = Object.keys(suppressions).filter((reason) => !text.includes(`\`${reason}\``));
    expect(missing).toEqual([]);
  });
});
