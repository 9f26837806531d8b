import type { Fault } from '../fault.ts';
import type { Suffered } from './run-faults.ts';

/** One line for each fault: how often it was run, how often all held, and how long it took. */
export function tableOf(faults: readonly Fault[], suffered: readonly Suffered[]): string {
  const width = Math.max(...faults.map(({ name }) => name.length));
  return faults
    .map((fault) => {
      const runs = suffered.filter((each) => each.fault === fault);
      const reason = fault.cannotRun?.() ?? null;
      if (reason !== null) return `${fault.name.padEnd(width)}  cannot run here: ${reason}`;
      const held = runs.filter(({ breaches }) => breaches.length === 0).length;
      const ms = runs.reduce((sum, run) => sum + run.ms, 0) / Math.max(runs.length, 1);
      return `${fault.name.padEnd(width)}  held ${held} of ${runs.length}  ${(ms / 1_000).toFixed(1)} s`;
    })
    .join('\n');
}

/** What did not hold, with the command that repeats it. */
export function worstOf(suffered: readonly Suffered[]): string {
  const broken = suffered.filter(({ breaches }) => breaches.length > 0);
  if (broken.length === 0) return `Everything held: ${suffered.length} runs.`;
  const lines = broken.map(
    ({ fault, seed, breaches }) =>
      `${fault.name}: ${breaches.join('; ')}\n  again: pnpm faults --only ${fault.name} --seed ${seed}`,
  );
  return [`${broken.length} of ${suffered.length} runs broke something:`, ...lines].join('\n');
}
