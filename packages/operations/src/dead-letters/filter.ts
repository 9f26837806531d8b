import type { DeadLetter } from './dead-letter.ts';

/** Which dead letters are meant. What is left out does not matter. */
export type DeadLetterFilter = {
  ids?: readonly string[];
  /** With its version, or without for all of them. */
  type?: string;
  orgId?: string;
  /** The queue that they were meant for. */
  queue?: string;
  /** Dead since before this moment. */
  before?: Temporal.Instant;
  /** Dead since this moment or later. */
  after?: Temporal.Instant;
};

export function matches(letter: DeadLetter, { ids, type, orgId, queue, before, after }: DeadLetterFilter): boolean {
  return (
    (ids === undefined || ids.includes(letter.id) || (letter.eventId !== null && ids.includes(letter.eventId))) &&
    (type === undefined || letter.type === type || letter.type?.replace(/\.v\d+$/, '') === type) &&
    (orgId === undefined || letter.orgId === orgId) &&
    (queue === undefined || letter.queue === queue) &&
    (before === undefined || Temporal.Instant.compare(letter.since, before) < 0) &&
    (after === undefined || Temporal.Instant.compare(letter.since, after) >= 0)
  );
}
