import type { Fault } from '../fault.ts';
import { openStage, type Stage } from '../scene.ts';
import { runWave, type Suffered } from './run-faults.ts';

export type LongRun = { seeds: readonly number[]; onSuffered: (suffered: Suffered) => void };

/** Each fault alone with each seed. What broke the desk once is not held against the next: it gets a new desk. */
export async function runLong(faults: readonly Fault[], { seeds, onSuffered }: LongRun): Promise<Suffered[]> {
  const possible = faults.filter(({ cannotRun }) => (cannotRun?.() ?? null) === null);
  const all: Suffered[] = [];
  const total = possible.length * seeds.length;
  let stage: Stage | null = null;
  try {
    for (const seed of seeds) {
      for (const fault of possible) {
        progress(`${all.length + 1}/${total} ${fault.name} (seed ${seed})`);
        stage ??= await openStage();
        const [suffered] = await runWave(stage, [fault], { seed });
        if (suffered === undefined) continue;
        all.push(suffered);
        onSuffered(suffered);
        if (suffered.breaches.length === 0) continue;
        progress('');
        process.stderr.write(`${fault.name} (seed ${seed}): ${suffered.breaches.join('; ')}\n`);
        await stage.close();
        stage = null;
      }
    }
  } finally {
    progress('');
    await stage?.close();
  }
  return all;
}

/** One line on a terminal that is written over; nothing elsewhere. */
function progress(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${words}`);
}
