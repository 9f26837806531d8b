import { setTimeout as sleep } from 'node:timers/promises';

/** Work that a simulator does on its own time, so that a test can wait for it and a stop ends it. */
export interface Background {
  signal: AbortSignal;
  run: (work: () => Promise<void>) => Promise<void>;
  wait: (ms: number) => Promise<void>;
  /** Resolves when nothing is under way. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
}

export function createBackground(): Background {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  const { signal } = stopping;

  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
  }

  return {
    signal,
    settled,

    run(work) {
      const done = work().catch((error: unknown) => {
        if (!signal.aborted) console.error(error);
      });
      underWay.add(done);
      return done.finally(() => underWay.delete(done));
    },

    async wait(ms) {
      if (ms > 0) await sleep(ms, undefined, { signal });
    },

    async stop() {
      stopping.abort();
      await settled();
    },
  };
}
