import { setTimeout as sleep } from 'node:timers/promises';
import { Option } from '@commander-js/extra-typings';
import { count } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

const usualSeconds = 60;

export const waitOption = (until: string) =>
  new Option('--wait [seconds]', `wait ${until}, ${usualSeconds} seconds at most unless said otherwise`)
    .argParser(count(86_400))
    .preset(String(usualSeconds));

type Waiting<Seen> = {
  look: () => Promise<Seen>;
  isOver: (seen: Seen) => boolean;
  /** Seconds, as the option gives them. */
  wait: number | string;
  /** What to run later, when the time was too short. */
  lookLater: string;
};

/** Looks until it is over, and tells each new state. Looks come less often the longer it takes. */
export async function waitFor<Seen extends { state: string }>(
  { out }: CommandContext,
  waiting: Waiting<Seen>,
): Promise<Seen> {
  const { look, isOver, lookLater } = waiting;
  const seconds = Number(waiting.wait);
  const deadline = performance.now() + seconds * 1_000;
  let told: string | null = null;
  for (let wait = 250; ; wait = Math.min(wait * 1.5, 5_000)) {
    const seen = await look();
    const { state } = seen;
    if (state !== told) out.note(`${state} …`);
    told = state;
    if (isOver(seen)) return seen;
    if (performance.now() + wait > deadline) {
      return out.fail(`It is still ${state} after ${seconds} s. Later: ${lookLater}`, exitCodes.failed);
    }
    await sleep(wait);
  }
}
