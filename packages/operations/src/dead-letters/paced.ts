import { setTimeout as sleep } from 'node:timers/promises';

/** Lets `perSecond` pass in each second: waits until the next `count` may go. */
export type Pace = (count: number) => Promise<void>;

export function paceOf(perSecond: number): Pace {
  let nextAt = performance.now();
  return async (count) => {
    const now = performance.now();
    const waitMs = nextAt - now;
    nextAt = Math.max(now, nextAt) + (count * 1_000) / perSecond;
    if (waitMs > 0) await sleep(waitMs);
  };
}
