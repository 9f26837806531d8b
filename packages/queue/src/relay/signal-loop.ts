import { setTimeout as sleep } from 'node:timers/promises';
import { fullJitter, type Random } from '@frontdesk/kernel';

const backoff = { baseMs: 100, capMs: 5_000 };

export type SignalLoop = {
  /** Runs `round` soon; while a round runs, once more after it. */
  wake(): void;
  /** Waits for the round in hand, and runs no other. */
  stop(): Promise<void>;
};

/**
 * Runs `round` whenever it is woken, one at a time. After a failure the next round waits, longer each time and with full
 * jitter, so that a dependency that comes back is not met by everybody at once.
 */
export function startSignalLoop({
  round,
  onFailure,
  random,
}: {
  round: () => Promise<void>;
  onFailure: (error: unknown) => void;
  random: Random;
}): SignalLoop {
  const stopping = new AbortController();
  let woken = Promise.withResolvers<void>();
  let failures = 0;
  const run = async () => {
    while (true) {
      await woken.promise;
      if (stopping.signal.aborted) return;
      woken = Promise.withResolvers();
      try {
        await round();
        failures = 0;
      } catch (error) {
        failures += 1;
        onFailure(error);
        woken.resolve();
        const pauseMs = 10 + fullJitter(failures, backoff, random);
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  };
  const ended = run();
  return {
    wake: () => woken.resolve(),
    async stop() {
      stopping.abort();
      woken.resolve();
      await ended;
    },
  };
}
