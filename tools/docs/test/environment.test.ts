import { describe, expect, it } from '@jest/globals';
import { environmentPage } from '../src/environment.ts';
import { readText, tableOf } from '../src/tables.ts';

const page = await environmentPage();

describe('docs/environment.md', () => {
  it('is what the code says; `pnpm docs` writes it anew', async () => {
    expect(page).toBe(await readText('docs/environment.md'));
  });

  it('says of every setting what it means', () => {
    const silent = page.split('\n').filter((line) => /^\| `[A-Z_]+` .*\|\s*\|$/.test(line));
    expect(silent).toEqual([]);
  });

  it('tells secrets, defaults and needs apart', () => {
    const rows = new Map(tableOf(page, 'setting').map((row) => [row['setting'], row]));
    expect(rows.get('`DATABASE_URL`')).toMatchObject({ default: '**needed**', secret: 'yes', values: 'address' });
    expect(rows.get('`PORT`')).toMatchObject({ default: '`8080`', secret: '', values: 'number from 0 to 65535' });
    expect(rows.get('`AWS_ENDPOINT_URL`')).toMatchObject({ default: '' });
  });
});
