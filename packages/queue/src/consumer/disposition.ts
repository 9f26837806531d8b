import { FrontdeskError, type ErrorKind } from '@frontdesk/kernel';

/** What becomes of a message whose handler failed. */
export type Disposition = { kind: 'retry' } | { kind: 'park'; reason: string };

const hopeless: Record<ErrorKind, boolean> = {
  'invalid-message': true,
  'not-found': true,
  permanent: true,
  conflict: false, // the next try sees what the other writer wrote
  transient: false,
  config: false,
};

/** Decides after the `tries`-th failure. What nobody foresaw counts as transient. */
export function dispositionOf(error: unknown, tries: number, mostTries: number): Disposition {
  const reason = error instanceof FrontdeskError ? `${error.kind}: ${error.message}` : `unforeseen: ${nameOf(error)}`;
  if (error instanceof FrontdeskError && hopeless[error.kind]) return { kind: 'park', reason };
  if (tries >= mostTries) return { kind: 'park', reason: `failed ${tries} times, at last with ${reason}` };
  return { kind: 'retry' };
}

/** Of an unforeseen error only its kind is told: its message may quote a row. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
