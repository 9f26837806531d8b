import { setTimeout as sleep } from 'node:timers/promises';
import type { Scene } from '../scene.ts';
import { pick } from '../seeded-random.ts';
import { stories } from './stories.ts';

/** Within this time the patients begin, each when the seed says. */
const beginWithinMs = 1_500;

/** So many patients, at clinics, in stories and at moments of the seed's choice. Resolves when all are done. */
export async function runTraffic(scene: Scene, people: number): Promise<void> {
  const { random } = scene;
  const patients = Array.from({ length: people }, (_, n) => ({
    // Every story is told once before one is told again.
    story: n < stories.length ? (stories[n] ?? pick(random, stories)) : pick(random, stories),
    patient: scene.patient(),
    afterMs: random() * beginWithinMs,
  }));
  await Promise.all(
    patients.map(async ({ story, patient, afterMs }) => {
      await sleep(afterMs);
      await story(scene, patient);
    }),
  );
}
