import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `look` gives something truthy, and returns it; fails with what was wanted when it never does. The time is generous,
 * because a busy machine is no failure. A look that costs much is taken less often, so as not to keep the desk from its work.
 */
export async function until<T>(
  wanted: string | (() => string),
  look: () => T | Promise<T>,
  withinMs = 60_000,
  everyMs = 20,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<T, null | undefined | false>; // just checked
    if (performance.now() > deadline) {
      throw new Error(`never came within ${withinMs} ms: ${typeof wanted === 'string' ? wanted : wanted()}`);
    }
    await sleep(everyMs);
  }
}
