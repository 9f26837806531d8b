import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import type { Fault } from '../src/fault.ts';
import { dyingServices } from '../src/faults/dying-services.ts';
import { faults } from '../src/faults/index.ts';
import { findWithout } from '../src/run/check-the-checker.ts';
import { runWave, type Suffered } from '../src/run/run-faults.ts';
import { wavesOf } from '../src/run/waves.ts';
import { protections } from '../src/protections.ts';
import { openStage, type Stage } from '../src/scene.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** The same choices in every run; `pnpm faults --seeds` makes others. */
const seed = 1;
const matrix = faults.filter(({ longRunsOnly }) => longRunsOnly !== true);
/** One desk suffers all of it. What breaks it in one wave is found by its tests, and the waves after it are not run. */
const waves = wavesOf(matrix);
const suffered = new Map<Fault, Promise<Suffered>>();
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  let before: Promise<readonly Suffered[]> = Promise.resolve([]);
  for (const wave of waves) {
    const run = before.then((earlier) => {
      const broken = earlier.find(({ breaches }) => breaches.length > 0);
      if (broken !== undefined) throw new Error(`not run, since ${broken.fault.name} broke the desk before`);
      return runWave(stage, wave, { seed });
    });
    before = run;
    wave.forEach((fault, n) => {
      const own = run.then((results) => results[n] as Suffered); // one for each fault of the wave
      own.catch(() => {}); // shown by its test
      suffered.set(fault, own);
    });
  }
}, 120_000);
afterAll(async () => {
  await Promise.allSettled(suffered.values());
  await stage?.close();
}, 300_000);

/** The failpoints that the services come by as processes of their own; those of one process have stories in the journeys. */
function failpointsInServices(): string[] {
  const files = globSync('{packages,services}/*/src/**/*.ts', { cwd: root }).filter(
    (file) => !file.startsWith(join('packages', 'operations')),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/\bfailpoint\('([^']+)'\)/g),
  ]);
  const names = named.map(([, name]) => String(name)).filter((name) => !name.startsWith('in-process.'));
  return [...new Set(names)].toSorted();
}

describe('each cause still has its one effect when', () => {
  it.each(waves.flat().map((fault) => [fault.injects, fault] as const))(
    '%s',
    async (_, fault) => {
      expect((await suffered.get(fault))?.breaches).toEqual([]);
    },
    300_000,
  );
});

/** The quickest to show; `pnpm faults --check-the-checker` shows all. */
const takenAway = 'row-level security';

describe('the search for breaches', () => {
  it(`finds what breaks at last on the same desk without ${takenAway}`, async () => {
    const before = await Promise.all(suffered.values());
    expect(before.flatMap(({ breaches }) => breaches)).toEqual([]);
    const protection = present(
      protections.find(({ name }) => name === takenAway),
      'the protection',
    );
    expect(await findWithout(protection, stage, seed)).not.toEqual([]);
  }, 180_000);
});

describe('the matrix', () => {
  it('has at least thirty faults in every run of the tests', () => {
    expect(matrix.length).toBeGreaterThanOrEqual(30);
  });

  it('names each fault once', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  it('kills a service at every failpoint in the code', () => {
    const told = new Set(dyingServices.flatMap(({ failpoints }) => failpoints));
    expect([...told].toSorted()).toEqual(failpointsInServices());
  });
});
