import type { SQSClient } from '@aws-sdk/client-sqs';
import type { OperatorDatabase } from '@frontdesk/db';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterFilter } from './filter.ts';
import { listKilled, noneKilled } from './list-killed.ts';
import { listParked } from './list-parked.ts';

export type DeadLetters = {
  /** Oldest first. */
  letters: DeadLetter[];
  /** Messages of dead-letter queues that could not be seen: behind others of their group, or in somebody's hands. */
  unseen: number;
  /** There are more parked messages than were asked for. */
  more: boolean;
};

/**
 * The dead letters of both places: those that a handler refused and those that killed its process. Without queues a desk parks
 * both.
 */
export async function listDeadLetters(
  { sqs, database }: { sqs: SQSClient | null; database: OperatorDatabase },
  filter: DeadLetterFilter,
  most: number,
): Promise<DeadLetters> {
  const [parked, killed] = await Promise.all([
    listParked(database, filter, most + 1),
    sqs === null ? noneKilled : listKilled(sqs, filter, most),
  ]);
  const letters = [...parked.slice(0, most), ...killed.letters].toSorted((a, b) =>
    Temporal.Instant.compare(a.since, b.since),
  );
  return { letters, unseen: killed.unseen, more: parked.length > most };
}
