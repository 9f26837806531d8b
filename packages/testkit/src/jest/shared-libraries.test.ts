import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { failpoint } from '@frontdesk/kernel';
import pg from 'pg';

/** Node's own, which knows nothing of test files. */
const load = process.getBuiltinModule('module').createRequire(import.meta.filename);

it('a library is loaded once in a process', async () => {
  expect(load('pg')).toBe(pg);
  expect((await import('pg')).default).toBe(pg);
});

it('the project’s own modules are those of the test file', () => {
  const { failpoint: another } = load('@frontdesk/kernel') as { failpoint: unknown };
  expect(another).toBeInstanceOf(Function);
  expect(another).not.toBe(failpoint);
});

it('what Node and libraries make is of the same kind as what a test makes', async () => {
  const fault: unknown = await readFile(join(import.meta.dirname, 'nowhere')).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Error);
  expect(fault).not.toEqual(new Error('another'));
  expect(pg.types.getTypeParser(1184)('2026-11-20 10:00:00+00')).toBeInstanceOf(Date);
});
