import type { Fault, Reach } from '../fault.ts';

/** What may happen side by side: first what single patients feel, then deaths, then one after the other what all feel. */
export function wavesOf(faults: readonly Fault[]): readonly (readonly Fault[])[] {
  const of = (reach: Reach) => faults.filter((fault) => fault.reach === reach);
  const alone = of('the whole desk').map((fault) => [fault]);
  return [of('one patient'), of('one service'), ...alone].filter((wave) => wave.length > 0);
}
