import type { SQSClient } from '@aws-sdk/client-sqs';
import { allQueues } from '../queues/all-queues.ts';
import { holdAll, letGo, type HeldMessage } from '../queues/hold-messages.ts';
import { measureQueue } from '../queues/measure-queues.ts';
import { deadLetter, type DeadLetter } from './dead-letter.ts';
import { matches, type DeadLetterFilter } from './filter.ts';
import { killed } from './why-refused.ts';

/** Long enough to look at everything that is listed; it is put back as soon as that is done. */
const hideSeconds = 30;

/** A dead-letter queue and the queue that its messages came from. */
export type DeadLetterQueue = { name: string; source: string };

export const deadLetterQueues: readonly DeadLetterQueue[] = allQueues.flatMap(({ name, deadLetterQueue }) =>
  deadLetterQueue === null ? [] : [{ name: deadLetterQueue, source: name }],
);

export type KilledMessages = {
  letters: DeadLetter[];
  /** Messages that could not be seen: they lie behind others of their group, or in somebody's hands. */
  unseen: number;
};

export const noneKilled: KilledMessages = { letters: [], unseen: 0 };

/** Looks into the dead-letter queues, at most at `most` messages of each, and puts everything back. */
export async function listKilled(sqs: SQSClient, filter: DeadLetterFilter, most: number): Promise<KilledMessages> {
  const queues = deadLetterQueues.filter(({ source }) => filter.queue === undefined || filter.queue === source);
  const looks = await Promise.all(queues.map((queue) => lookInto(sqs, queue, most)));
  return {
    letters: looks.flatMap(({ letters }) => letters).filter((letter) => matches(letter, filter)),
    unseen: looks.reduce((sum, { unseen }) => sum + unseen, 0),
  };
}

async function lookInto(sqs: SQSClient, { name, source }: DeadLetterQueue, most: number): Promise<KilledMessages> {
  const { visible, inFlight } = await measureQueue(sqs, { name, kind: 'dead-letter' });
  const messages = await holdAll(sqs, name, { most, seconds: hideSeconds });
  await letGo(sqs, name, messages);
  const unseen = visible + inFlight - messages.length;
  return { letters: messages.map((message) => killedLetter(message, source)), unseen: Math.max(0, unseen) };
}

export function killedLetter({ messageId, sentAt, body }: HeldMessage, source: string): DeadLetter {
  return deadLetter({
    id: messageId,
    place: 'dead-letter-queue',
    queue: source,
    since: sentAt,
    settled: null,
    body,
    refusal: killed,
  });
}
