import { describeBreach, findEffectBreaches, lookThrough } from '@frontdesk/operations';
import type { Desk } from './desk.ts';

/** What the rows alone say, all in one moment; at a desk at rest nothing may be open. */
export async function breachesInRows({ rows }: Pick<Desk, 'rows'>): Promise<string[]> {
  const look = lookThrough({ pool: rows });
  const found = await findEffectBreaches(look, { now: Temporal.Now.instant(), patience: 'none' });
  return found.map((breach) => describeBreach(breach));
}
