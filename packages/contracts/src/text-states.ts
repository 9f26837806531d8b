/**
 * Where a text may stand. `unknown`: it may have left, and only the carrier can tell. `suppressed`: it never left, on purpose.
 * `undelivered` and `failed` are the carrier's and our own word for "did not arrive".
 */
export const textStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'undelivered',
  'failed',
  'suppressed',
  'unknown',
] as const;
export type TextState = (typeof textStates)[number];
