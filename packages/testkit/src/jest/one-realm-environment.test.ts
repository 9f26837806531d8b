import { expect, it } from '@jest/globals';

/** Where Jest's matchers live: in one place for all test files of a process. */
const kept = Reflect.get(globalThis, Symbol.for('$$jest-matchers-object')) as { customEqualityTesters: unknown[] };

it('a test file compares by its own rules alone, and not by those of the files before it', () => {
  expect(kept.customEqualityTesters).toHaveLength(1); // of temporal-equality.ts
});
