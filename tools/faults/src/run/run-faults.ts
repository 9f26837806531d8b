import { untilAtRest } from '@frontdesk/journeys';
import type { Fault } from '../fault.ts';
import type { Stage } from '../scene.ts';
import { runTraffic } from '../traffic/run-traffic.ts';

/** What became of the desk under a fault. */
export type Suffered = {
  fault: Fault;
  seed: number;
  ms: number;
  /** What did not hold, in words; empty when all did. */
  breaches: string[];
};

export type RunOptions = {
  seed: number;
  /** Patients who text, call, pay and leave while something strikes the whole desk. */
  people?: number;
  restWithinMs?: number;
  /** Called as soon as each is known. */
  onSuffered?: (suffered: Suffered) => void;
};

type Struck = { fault: Fault; mustHold: (() => Promise<void>) | null; startedAt: number; breaches: string[] };

/** Lets the faults of one wave happen side by side, waits for rest, and says for each what did not hold. */
export async function runWave(stage: Stage, wave: readonly Fault[], options: RunOptions): Promise<Suffered[]> {
  const { seed, people = 6, restWithinMs = 90_000, onSuffered = () => {} } = options;
  await stage.beginWave();
  const alone = wave.length === 1 && wave[0]?.reach === 'the whole desk';
  const around = alone ? runTraffic(stage.sceneOf(`${wave[0]?.name} traffic`, seed), people) : Promise.resolve();
  around.catch(() => {}); // told below
  const struck = await Promise.all(inTurns(wave, (fault) => strike(stage, fault, seed)));
  const traffic = await wordsOf(() => around);
  stage.behave();
  const unrest = await wordsOf(() => untilAtRest(stage.sceneOf('rest', seed).desk, restWithinMs));
  return Promise.all(
    struck.map(async ({ fault, mustHold, startedAt, breaches }) => {
      const unheld = mustHold === null ? [] : await wordsOf(mustHold);
      const suffered = {
        fault,
        seed,
        ms: Math.round(performance.now() - startedAt),
        breaches: [...breaches, ...traffic, ...unrest, ...unheld],
      };
      onSuffered(suffered);
      return suffered;
    }),
  );
}

/** One service dies of one thing after the other; everything else happens at once. */
function inTurns(wave: readonly Fault[], run: (fault: Fault) => Promise<Struck>): Promise<Struck>[] {
  const last = new Map<string, Promise<unknown>>();
  return wave.map((fault) => {
    if (fault.turnOf === undefined) return run(fault);
    const before = Promise.all(fault.turnOf.map((name) => last.get(name) ?? Promise.resolve()));
    const struck = before.then(() => run(fault));
    for (const name of fault.turnOf) last.set(name, struck);
    return struck;
  });
}

async function strike(stage: Stage, fault: Fault, seed: number): Promise<Struck> {
  const startedAt = performance.now();
  try {
    return { fault, startedAt, breaches: [], mustHold: await fault.strike(stage.sceneOf(fault.name, seed)) };
  } catch (error) {
    return { fault, startedAt, breaches: [wordsFrom(error)], mustHold: null };
  }
}

async function wordsOf(work: () => Promise<unknown>): Promise<string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    return [wordsFrom(error)];
  }
}

const wordsFrom = (error: unknown) =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
