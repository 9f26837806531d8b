import { setTimeout as sleep } from 'node:timers/promises';

/** Lets `perSecond` pass in each second: waits until the next `count` may go. */
export type Pace = (count: number) => Promise<void>;

/** A clock in milliseconds, and a wait by it. */
export type PaceTime = { now: () => number; wait: (ms: number) => Promise<unknown> };

const wallTime: PaceTime = { now: () => performance.now(), wait: (ms) => sleep(ms) };

export function paceOf(perSecond: number, { now, wait }: PaceTime = wallTime): Pace {
  let nextAt = now();
  return async (count) => {
    const at = now();
    const waitMs = nextAt - at;
    nextAt = Math.max(at, nextAt) + (count * 1_000) / perSecond;
    if (waitMs > 0) await wait(waitMs);
  };
}
