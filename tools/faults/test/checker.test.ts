import { expect, it } from '@jest/globals';
import { checkTheChecker } from '../src/run/check-the-checker.ts';
import { protections } from '../src/protections.ts';

/** The quickest to show; `pnpm faults --check-the-checker` shows all. */
const shown = protections.filter(({ name }) => ['the unknown state of a text', 'row-level security'].includes(name));

it.each(shown.map((protection) => [protection.name, protection] as const))(
  'a desk without %s breaks something, and it is found',
  async (_, protection) => {
    const [checked] = await checkTheChecker(1, [protection]);
    expect(checked?.found).not.toEqual([]);
  },
  180_000,
);
