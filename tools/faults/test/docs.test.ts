import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { faultsPage } from '../src/docs/faults-page.ts';

it('docs/faults.md tells of the faults as they are', () => {
  const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'faults.md');
  expect(readFileSync(page, 'utf8')).toBe(faultsPage());
});
