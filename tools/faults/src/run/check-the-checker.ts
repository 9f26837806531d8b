import { present } from '@frontdesk/kernel';
import { faults } from '../faults/index.ts';
import { protections, type Protection } from '../protections.ts';
import { openStage, type Stage } from '../scene.ts';
import { runWave } from './run-faults.ts';

export type Checked = { protection: Protection; /** What was found without it, in words. */ found: string[] };

/** Takes each protection away in turn, on a desk of its own, and says what its fault then breaks. */
export async function checkTheChecker(seed: number): Promise<Checked[]> {
  const results: Checked[] = [];
  for (const protection of protections) {
    const stage = await openStage();
    try {
      results.push({ protection, found: await findWithout(protection, stage, seed) });
    } finally {
      await stage.close();
    }
  }
  return results;
}

/** Takes the protection away from this desk, which is of no use afterwards, and says in words what its fault then breaks. */
export async function findWithout(protection: Protection, stage: Stage, seed: number): Promise<string[]> {
  const fault = present(
    faults.find(({ name }) => name === protection.fault),
    `the fault ${protection.fault}`,
  );
  await protection.switchOff(stage.sceneOf(protection.name, seed));
  const [suffered] = await runWave(stage, [fault], { seed, people: 2, restWithinMs: 15_000 });
  return suffered?.breaches ?? [];
}
