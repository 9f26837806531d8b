import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { OperatorDatabase } from '@frontdesk/db';
import type { Clock } from '@frontdesk/kernel';
import { auditAct, type OperatorAct } from '../postgres/audit-operators.ts';
import { settleParked } from '../postgres/parked-messages.ts';
import { holdSome, letGo, type HeldMessage } from '../queues/hold-messages.ts';
import { queueAddress } from '../queues/queue-address.ts';
import type { DeadLetter } from './dead-letter.ts';
import { deadLetterQueues, killedLetter, type DeadLetterQueue } from './list-killed.ts';

export type DismissOptions = {
  /** Null: the desk has no queues. */
  sqs: SQSClient | null;
  database: OperatorDatabase;
  /** What is given up, as `planRedrive` found it. */
  letters: readonly DeadLetter[];
  operator: string;
  clock: Clock;
};

const hideSeconds = 60;

/** Gives dead letters up, for ever: nothing will come of them. Returns those that were still there. */
export async function dismissDeadLetters(options: DismissOptions): Promise<DeadLetter[]> {
  const { database, letters, operator, clock } = options;
  const dismissed: DeadLetter[] = [];
  for (const letter of letters.filter(({ place }) => place === 'parked')) {
    const at = clock();
    const settled = await database.inTransaction(async (tx) => {
      if (!(await settleParked(tx, { id: letter.id, by: operator, how: 'dismissed', at }))) return false;
      await auditAct(tx, dismissal(letter, operator, at));
      return true;
    });
    if (settled) dismissed.push(letter);
  }
  if (options.sqs === null) return dismissed;
  const { sqs } = options;
  const ids = new Set(letters.filter(({ place }) => place === 'dead-letter-queue').map(({ id }) => id));
  for (const queue of deadLetterQueues) {
    if (letters.some((letter) => ids.has(letter.id) && letter.queue === queue.source)) {
      dismissed.push(...(await dismissKilled({ ...options, sqs }, queue, ids)));
    }
  }
  return dismissed;
}

async function dismissKilled(
  { sqs, database, operator, clock }: DismissOptions & { sqs: SQSClient },
  { name, source }: DeadLetterQueue,
  ids: ReadonlySet<string>,
): Promise<DeadLetter[]> {
  const left: HeldMessage[] = [];
  const dismissed: DeadLetter[] = [];
  try {
    while (true) {
      const some = await holdSome(sqs, name, { most: 10, seconds: hideSeconds });
      const seen = new Set(left.map(({ messageId }) => messageId));
      left.push(...some.filter(({ messageId }) => !ids.has(messageId)));
      if (some.every(({ messageId }) => seen.has(messageId))) return dismissed;
      const given = some.filter(({ messageId }) => ids.has(messageId));
      if (given.length === 0) continue;
      const letters = given.map((message) => killedLetter(message, source));
      await database.inTransaction(async (tx) => {
        for (const letter of letters) await auditAct(tx, dismissal(letter, operator, clock()));
      });
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: await queueAddress(sqs, name),
          Entries: given.map(({ receiptHandle }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle })),
        }),
      );
      dismissed.push(...letters);
    }
  } finally {
    // What cannot be let go shows up by itself.
    await letGo(sqs, name, left).catch(() => {});
  }
}

/** One that nobody can read belongs to no clinic, so it is in the audit of each. */
function dismissal(letter: DeadLetter, operator: string, at: Temporal.Instant): OperatorAct {
  const { orgId, id, place, eventId, type } = letter;
  return {
    orgId,
    operator,
    action: 'dead-letter.dismissed',
    subject: { type: place === 'parked' ? 'parked-message' : 'sqs-message', id },
    at,
    details: { event: eventId ?? '', type: type ?? '' },
  };
}
