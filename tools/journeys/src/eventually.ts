import { setTimeout as wait } from 'node:timers/promises';

const pollEveryMs = 40;

/** Waits until `look` finds something (not null, undefined or false), and fails with what was wanted when it never does. */
export async function eventually<T>(
  wanted: string | (() => string),
  look: () => T | Promise<T>,
  withinMs = 60_000,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) {
      return found as Exclude<T, null | undefined | false>; // just checked
    }
    if (Date.now() > deadline) {
      throw new Error(`never came within ${withinMs} ms: ${typeof wanted === 'string' ? wanted : wanted()}`);
    }
    await wait(pollEveryMs);
  }
}
