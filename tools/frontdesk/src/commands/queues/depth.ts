import { Argument } from '@commander-js/extra-typings';
import {
  findQueue,
  measureOutbox,
  measureQueues,
  oldestWaiting,
  type OutboxDepth,
  type QueueDepth,
} from '@frontdesk/operations';
import { ageOf } from '../../ages.ts';
import { queueNames } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const depth = (context: CommandContext) =>
  verb('depth', {
    summary: 'Say how many messages lie in each queue, and how long the oldest has waited',
    description:
      'The numbers are those of SQS, which calls them approximate. The age is that of the oldest event that its service has\n' +
      'neither handled nor parked, as the database knows it (DATABASE_OPERATOR_URL); looking into the queue itself would use\n' +
      'up a try of each message. Dead letters and what was published more than 20,000 events ago have no age here. A desk in one\n' +
      'process has no queues: there it is what waits in the outbox, and the oldest that was never handed out.',
    examples: ['frontdesk queues depth', 'frontdesk queues depth messaging.fifo --json'],
  })
    .addArgument(new Argument('[queue]', 'only this one').choices(queueNames))
    .action(async (only, { json }) => {
      const { out, clock } = context;
      const depths = (await measure(context)).filter(({ queue }) => only === undefined || queue === only);
      if (json === true) return out.json(depths);
      out.table(
        depths.map(({ queue, visible, inFlight, delayed, oldestSince }) => ({
          queue,
          visible,
          'in flight': inFlight,
          delayed,
          oldest: oldestSince === null ? null : ageOf(oldestSince, clock()),
        })),
      );
    });

async function measure(context: CommandContext): Promise<OutboxDepth[]> {
  const sqs = context.queues();
  if (sqs === null) return measureOutbox(context.operatorDatabase());
  const depths = await measureQueues(sqs);
  return Promise.all(depths.map(async (each) => ({ ...each, oldestSince: await oldest(context, each) })));
}

async function oldest(context: CommandContext, depthOf: QueueDepth): Promise<Temporal.Instant | null> {
  const queue = findQueue(depthOf.queue);
  const waiting = depthOf.visible + depthOf.inFlight + depthOf.delayed > 0;
  if (queue?.kind !== 'work' || !waiting || context.target.databaseOperatorUrl === null) return null;
  return oldestWaiting(context.operatorDatabase(), queue);
}
