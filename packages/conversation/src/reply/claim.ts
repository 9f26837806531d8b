/** Something in a sentence that is either true or not. `index` is where it stands. */
export type Claim = { words: string; index: number } & (
  | { kind: 'link' | 'phone' }
  | { kind: 'amount'; cents: number }
  | { kind: 'percent'; value: number }
  | { kind: 'quantity'; value: number; unit: string }
  /** `minutes` after midnight; two when am or pm was left out. */
  | { kind: 'time'; minutes: number[] }
  | { kind: 'day'; isoDay: number }
  | { kind: 'date'; month: number | null; day: number; isoDay: number | null }
  | { kind: 'relative-day'; daysAhead: number }
  | { kind: 'number'; value: number }
);
