/** Where a value stands in a template. */
export type Placeholder = { number: number; start: number; end: number };

const wellFormed = /\{\{(\d{1,3})\}\}/g;

export function placeholdersIn(body: string): Placeholder[] {
  return [...body.matchAll(wellFormed)].map((found) => ({
    number: Number(found[1]),
    start: found.index,
    end: found.index + found[0].length,
  }));
}

/** What stands between, before and behind the values. */
export function wordsAround(body: string): string {
  return body.replaceAll(wellFormed, ' ');
}
