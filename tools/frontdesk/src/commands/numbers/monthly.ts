/** A price as people write it; null where the carrier names none. */
export function monthly(cents: number | null): string | null {
  return cents === null ? null : `$${(cents / 100).toFixed(2)}`;
}
