import { expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import { checkTheChecker } from '../src/run/check-the-checker.ts';
import { protections } from '../src/protections.ts';

/** The quickest to show; `pnpm faults --check-the-checker` shows all. */
const shown = 'row-level security';

it(`a desk without ${shown} breaks something, and it is found`, async () => {
  const protection = present(
    protections.find(({ name }) => name === shown),
    'the protection',
  );
  const [checked] = await checkTheChecker(1, [protection]);
  expect(checked?.found).not.toEqual([]);
}, 180_000);
