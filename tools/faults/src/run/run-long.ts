import type { Fault } from '../fault.ts';
import { openStage, type Stage } from '../scene.ts';
import { runWave, type Suffered } from './run-faults.ts';
import { wavesOf } from './waves.ts';

export type LongRun = {
  seeds: readonly number[];
  /** Side by side where the faults allow it, as in the tests; alone when left out. */
  together?: boolean;
  onSuffered: (suffered: Suffered) => void;
};

/** All faults with each seed. What broke the desk once is not held against the next: it gets a new desk. */
export async function runLong(faults: readonly Fault[], options: LongRun): Promise<Suffered[]> {
  const possible = faults.filter(({ cannotRun }) => (cannotRun?.() ?? null) === null);
  const { seeds, together = false, onSuffered } = options;
  const waves = together ? wavesOf(possible) : possible.map((fault) => [fault]);
  const all: Suffered[] = [];
  const total = possible.length * seeds.length;
  let stage: Stage | null = null;
  try {
    for (const seed of seeds) {
      for (const wave of waves) {
        const [first] = wave;
        progress(`${all.length + 1}/${total} ${first?.name} ${wave.length > 1 ? 'and others ' : ''}(seed ${seed})`);
        stage ??= await openStage();
        const suffered = await runWave(stage, wave, { seed, onSuffered });
        all.push(...suffered);
        const broken = suffered.filter(({ breaches }) => breaches.length > 0);
        if (broken.length === 0) continue;
        progress('');
        for (const { fault, breaches } of broken) {
          process.stderr.write(`${fault.name} (seed ${seed}): ${breaches.join('; ')}\n`);
        }
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
