import type { SQSClient } from '@aws-sdk/client-sqs';
import type { OperatorDatabase } from '@frontdesk/db';
import type { Clock } from '@frontdesk/kernel';
import { auditAct } from '../postgres/audit-operators.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterFilter } from './filter.ts';
import { deadLetterQueues } from './list-killed.ts';
import { paceOf } from './paced.ts';
import { redriveKilled } from './redrive-killed.ts';
import { redriveParked, type RedrivenParked } from './redrive-parked.ts';

export type RedriveOptions = {
  /** Null: the desk has no queues. */
  sqs: SQSClient | null;
  database: OperatorDatabase;
  filter: DeadLetterFilter;
  operator: string;
  clock: Clock;
  /** Messages per second, at most. */
  perSecond: number;
  /** How long messages of a dead-letter queue stay hidden after a crash. */
  hideSeconds?: number;
  onBack?: (letters: number) => void;
};

/** Puts the matching dead letters of both places back where they were to be handled. */
export async function redriveDeadLetters(options: RedriveOptions): Promise<RedrivenParked> {
  const { sqs, database, filter, operator, clock, perSecond, hideSeconds, onBack = () => {} } = options;
  const pace = paceOf(perSecond);
  const result = await redriveParked({ sqs, database, filter, operator, clock, pace, onBack: () => onBack(1) });
  if (sqs === null) return result;
  for (const queue of deadLetterQueues) {
    if (filter.queue !== undefined && filter.queue !== queue.source) continue;
    const onSent = async (letters: readonly DeadLetter[]) => {
      await auditKilled(options, letters);
      onBack(letters.length);
    };
    const batchSize = Math.min(10, perSecond);
    result.back.push(
      ...(await redriveKilled({
        sqs,
        queue,
        filter,
        pace,
        batchSize,
        onSent,
        ...(hideSeconds !== undefined && { hideSeconds }),
      })),
    );
  }
  return result;
}

async function auditKilled({ database, operator, clock }: RedriveOptions, letters: readonly DeadLetter[]) {
  await database.inTransaction(async (tx) => {
    for (const { orgId, id, eventId, type } of letters) {
      if (orgId === null) continue; // nobody can say whose it is
      await auditAct(tx, {
        orgId,
        operator,
        action: 'dead-letter.redriven',
        subject: { type: 'sqs-message', id },
        at: clock(),
        details: { event: eventId ?? '', type: type ?? '' },
      });
    }
  });
}
