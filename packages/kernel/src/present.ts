/** The value, which cannot be missing here; `what` names it in the error if it is after all. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`${what} is missing`);
  return value;
}
