/** A number in [0, 1), passed in so that tests choose it. */
export type Random = () => number;

/** Milliseconds to wait before try `attempt` (1 is the first retry): anywhere between 0 and the doubled base, capped. */
export function fullJitter(
  attempt: number,
  { baseMs, capMs }: { baseMs: number; capMs: number },
  random: Random,
): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
}
