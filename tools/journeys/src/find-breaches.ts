import { contexts } from '@frontdesk/contracts';
import { noQueues } from '@frontdesk/local-stack/stack';
import { until } from '@frontdesk/testkit';
import { breachesAtProviders } from './breaches-at-providers.ts';
import { breachesInRows } from './breaches-in-rows.ts';
import type { Desk } from './desk.ts';
import { queueDepth } from './queue-depth.ts';

/** Everything that is open or broken, in words; empty when the desk is at rest and kept its promises. */
export async function findBreaches(desk: Desk): Promise<string[]> {
  const found = await Promise.all([breachesInRows(desk), breachesAtProviders(desk), deadLetters(desk)]);
  return found.flat();
}

/** A desk in one process has no queues: there every dead letter is a parked message. */
async function deadLetters({ sqs, sqsEndpoint }: Desk): Promise<string[]> {
  if (sqsEndpoint === noQueues) return [];
  const queues = Object.values(contexts).map(({ deadLetterQueue }) => deadLetterQueue);
  const depths = await Promise.all(queues.map((queue) => queueDepth(sqs, queue)));
  return queues.filter((_, n) => depths[n] !== 0).map((queue) => `a message that nobody could handle is in ${queue}`);
}

/** Waits until nothing is open any more, and fails with what stays open or broken. */
export async function untilAtRest(desk: Desk, withinMs = 40_000): Promise<void> {
  let breaches: string[] = [];
  await until(
    'rest',
    async () => {
      breaches = await findBreaches(desk);
      return breaches.length === 0;
    },
    withinMs,
    200,
  ).catch((error: unknown) => {
    throw new Error(`the desk did not come to rest: ${breaches.join('; ')}`, { cause: error });
  });
}
