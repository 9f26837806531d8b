import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../src/fault.ts';
import { dyingServices } from '../src/faults/dying-services.ts';
import { faults } from '../src/faults/index.ts';
import { runWave, type Suffered } from '../src/run/run-faults.ts';
import { openStage, type Stage } from '../src/scene.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** The same choices in every run; `pnpm faults --seeds` makes others. */
const seed = 1;
const matrix = faults.filter(({ longRunsOnly }) => longRunsOnly !== true);
const of = (reach: Fault['reach']) => matrix.filter((fault) => fault.reach === reach);
/** One desk suffers all of it; what breaks in one wave is found by the waves after it too. */
const waves = [of('one patient'), of('one service'), ...of('the whole desk').map((fault) => [fault])];
const suffered = new Map<Fault, Promise<Suffered>>();
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  let before: Promise<unknown> = Promise.resolve();
  for (const wave of waves) {
    const run = before.then(() => runWave(stage, wave, { seed }));
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

/** The failpoints that the services have, wherever they stand. */
function failpointsInServices(): string[] {
  const files = globSync('{packages,services}/*/src/**/*.ts', { cwd: root }).filter(
    (file) => !file.startsWith(join('packages', 'operations')),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/\bfailpoint\('([^']+)'\)/g),
  ]);
  return [...new Set(named.map(([, name]) => String(name)))].toSorted();
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
