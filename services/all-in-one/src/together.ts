import type { Part } from '@frontdesk/runtime';

/** Several parts as one: they start and stop side by side, and each check is named with its part. */
export function together(parts: Readonly<Record<string, Part>>): Part {
  const all = Object.values(parts);
  return {
    checks: Object.fromEntries(
      Object.entries(parts).flatMap(([part, { checks }]) =>
        Object.entries(checks).map(([name, check]) => [`${part}/${name}`, check]),
      ),
    ),
    start: () => Promise.all(all.map((part) => part.start())),
    stop: () => Promise.all(all.map((part) => part.stop())),
  };
}
