import type { Logger } from '@frontdesk/kernel';
import { metrics } from '@opentelemetry/api';

export type SweepOptions = {
  name: string;
  everyMs: number;
  /** Finds what an alarm or a message lost, and does it. */
  sweep: () => Promise<void>;
  logger: Logger;
};

export type Sweep = { start(): void; /** Waits for the round in hand. */ stop(): Promise<void> };

/** Runs `sweep` again and again, one round at a time. A failed round is logged and the next one comes as usual. */
export function createSweep({ name, everyMs, sweep, logger }: SweepOptions): Sweep {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  const rounds = metrics.getMeter('frontdesk').createCounter('frontdesk_sweep_rounds', {
    description: 'rounds of the jobs that find what a message or an alarm lost, by how they ended',
  });
  let round: Promise<void> = Promise.resolve();
  const next = () => {
    if (running) timer = setTimeout(() => (round = runRound()), everyMs);
  };
  const runRound = async () => {
    try {
      await sweep();
      rounds.add(1, { sweep: name, outcome: 'done' });
    } catch (error) {
      rounds.add(1, { sweep: name, outcome: 'failed' });
      logger.error({ sweep: name, error }, 'a sweep failed');
    }
    next();
  };
  return {
    start() {
      if (running) return;
      running = true;
      next();
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      await round;
    },
  };
}
