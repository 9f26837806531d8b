import type { SQSClient } from '@aws-sdk/client-sqs';
import { toInstant, type OperatorDatabase } from '@frontdesk/db';
import { findPastActs } from '../postgres/audit-operators.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterFilter } from './filter.ts';
import { listDeadLetters } from './list-dead-letters.ts';

export type RedrivePlan = {
  /** What a redrive takes. */
  open: DeadLetter[];
  /** What was asked for by its id and is settled: a redrive leaves it alone. */
  settled: DeadLetter[];
  /** Messages that are no longer in a dead-letter queue because of somebody. */
  gone: { id: string; how: 'redriven' | 'dismissed'; by: string; at: Temporal.Instant }[];
  /** Ids of nothing that is, or is known to have been, a dead letter. */
  unknown: string[];
  /** Messages of dead-letter queues that cannot be seen now; a redrive that takes what is before them takes them too. */
  unseen: number;
  /** There are more parked messages than the plan names; a redrive takes them all. */
  more: boolean;
};

/** What a redrive with this filter would take, and what became of the rest of what it names. */
export async function planRedrive(
  { sqs, database }: { sqs: SQSClient | null; database: OperatorDatabase },
  filter: DeadLetterFilter,
  most = 10_000,
): Promise<RedrivePlan> {
  const { letters, unseen, more } = await listDeadLetters({ sqs, database }, filter, most);
  const missing = (filter.ids ?? []).filter(
    (id) => !letters.some((letter) => letter.id === id || letter.eventId === id),
  );
  const gone = missing.length === 0 ? [] : await findPastActs(database, missing);
  return {
    open: letters.filter(({ settled }) => settled === null),
    settled: letters.filter(({ settled }) => settled !== null),
    gone: gone.map(({ at, ...act }) => ({ ...act, at: toInstant(at) })),
    unknown: missing.filter((id) => !gone.some((each) => each.id === id)),
    unseen,
    more,
  };
}
