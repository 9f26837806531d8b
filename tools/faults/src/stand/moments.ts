import { until } from '@frontdesk/testkit';
import type { Scene } from '../scene.ts';

/** A part of a second that the seed chooses. */
export async function untilNextMoment({ random }: Scene): Promise<void> {
  const moment = Date.now() + 100 + random() * 200;
  await until('the next moment', () => Date.now() >= moment);
}
