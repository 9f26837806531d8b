import type { Logger } from '@frontdesk/kernel';
import { metrics } from '@opentelemetry/api';

export type SweepOptions = {
  name: string;
  everyMs: number;
  /** The wait before the next round when the last one says that more is to be done, or somebody calls `wake`. */
  soonMs?: number;
  /** Finds what an alarm or a message lost, and does it. */
  sweep: () => Promise<NextRound | void>;
  logger: Logger;
};

/** When the next round makes sense; `later` is the usual time. */
export type NextRound = 'at-once' | 'soon' | 'later';

export type Sweep = {
  start(): void;
  /** There is something to do: the next round comes soon. */
  wake(): void;
  /** Waits for the round in hand. */
  stop(): Promise<void>;
};

/** Runs `sweep` again and again, one round at a time. A failed round is logged and the next one comes as usual. */
export function createSweep({ name, everyMs, soonMs = everyMs, sweep, logger }: SweepOptions): Sweep {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  const rounds = metrics.getMeter('frontdesk').createCounter('frontdesk_sweep_rounds', {
    description: 'rounds of the jobs that find what a message or an alarm lost, by how they ended',
  });
  let round: Promise<void> = Promise.resolve();
  let waits: NextRound | null = null; // null: a round is in hand
  let woken = false;
  const delays = { 'at-once': 0, soon: soonMs, later: everyMs };
  const next = (when: NextRound) => {
    waits = when;
    if (running) timer = setTimeout(() => (round = runRound()), delays[when]);
  };
  const runRound = async () => {
    waits = null;
    woken = false;
    let asked: NextRound = 'later';
    try {
      asked = (await sweep()) ?? 'later';
      rounds.add(1, { sweep: name, outcome: 'done' });
    } catch (error) {
      rounds.add(1, { sweep: name, outcome: 'failed' });
      logger.error({ sweep: name, error }, 'a sweep failed');
    }
    next(asked === 'later' && woken ? 'soon' : asked);
  };
  return {
    start() {
      if (running) return;
      running = true;
      next('later');
    },
    wake() {
      woken = true;
      if (waits !== 'later') return;
      clearTimeout(timer);
      next('soon');
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      await round;
    },
  };
}
