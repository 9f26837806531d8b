const MOST_KEPT = 100_000;

/** Adds to a record for assertions; the oldest entry goes when it is full. */
export function keep<T>(record: T[], entry: T): void {
  record.push(entry);
  if (record.length > MOST_KEPT) record.shift();
}
