import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { valuesOfKinds } from './template-values.ts';

const page = await readFile(new URL('../../../../docs/whatsapp-templates.md', import.meta.url), 'utf8');

describe('docs/whatsapp-templates.md', () => {
  it('says of every kind of text what a template can say for it', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \|[^|]*\| ([^|]*) \|$/gm)].map(([, kind = '', values = '']) => [
      kind,
      [...values.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ]);
    expect(Object.fromEntries(rows)).toEqual(valuesOfKinds);
  });
});
