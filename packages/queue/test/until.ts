import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `condition` gives something truthy, and returns it. Fails after `withinMs` with what was awaited. */
export async function until<T>(what: string, condition: () => Promise<T> | T, withinMs = 40_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  while (true) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`in vain: ${what}`);
    await sleep(5);
  }
}
