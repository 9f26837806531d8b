import { TextRequestedV1, type Envelope } from '@frontdesk/contracts';
import type { Database } from '@frontdesk/db';
import { nullLogger, systemClock, type Id } from '@frontdesk/kernel';
import { createConsumer, on, sqsInbound, type Consumer, type ConsumerOptions, type Handler } from '@frontdesk/queue';
import {
  createTestClinic,
  createTestDatabase,
  createTestQueues,
  type TestDatabase,
  type TestQueues,
  until,
  sendToQueue,
} from '@frontdesk/testkit';

type Change = Partial<ConsumerOptions> & { visibilitySeconds?: number };

/** A clinic and its database, with a table of effects that tells how often a handler took effect. */
export type Stage = {
  orgId: Id;
  database: Database;
  postgres: TestDatabase;
  /** The ids of those of these events that took effect, in that order, as often as they did. */
  effectsOf(...events: readonly { id: Id }[]): Promise<string[]>;
  close(): Promise<void>;
};

/** The same with queues. */
export type Scene = Stage & {
  queues: TestQueues;
  /** Starts a consumer of the messaging queue, which retries at once. Stopped by `stopConsumers`. */
  startConsumer(handler?: Handler, change?: Change): Consumer;
  stopConsumers(): Promise<void>;
  submit(event: Envelope, options?: Parameters<typeof sendToQueue>[3]): Promise<string>;
  queueIsEmpty(): Promise<boolean>;
};

/** A handler whose effect is a row, so that each run that took effect can be counted. */
export const recordEffect: Handler = on(TextRequestedV1, async (event, once) => {
  await once((tx) => tx.$executeRaw`insert into effects (event_id) values (${event.id}::uuid)`);
});

/** The same, with something that happens first. */
export const before = (step: (event: Envelope) => Promise<void> | void): Handler =>
  on(TextRequestedV1, async (event, once) => {
    await step(event);
    await recordEffect.run(event, once);
  });

/** The same, begun and not ended until `end` is called. */
export function heldHandler(): { handler: Handler; begun: Promise<void>; end(): void } {
  const begun = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const handler = before(async () => {
    begun.resolve();
    await mayEnd.promise;
  });
  return { handler, begun: begun.promise, end: mayEnd.resolve };
}

export async function setStage(): Promise<Stage> {
  const postgres = await createTestDatabase();
  const { id: orgId } = await createTestClinic(postgres.owner);
  await postgres.owner.query(`
    create table effects (event_id uuid not null, n serial);
    grant insert on effects to frontdesk_messaging_worker;
    grant usage on sequence effects_n_seq to frontdesk_messaging_worker`);
  return {
    orgId,
    database: postgres.as('frontdesk_messaging_worker'),
    postgres,
    async effectsOf(...events) {
      const { rows } = await postgres.owner.query<{ event_id: string }>(
        'select event_id from effects where event_id = any ($1::uuid[]) order by n',
        [events.map(({ id }) => id)],
      );
      return rows.map(({ event_id: eventId }) => eventId);
    },
    close: () => postgres.close(),
  };
}

export async function setScene(): Promise<Scene> {
  const stage = await setStage();
  const queues = await createTestQueues();
  const { database } = stage;
  const running: Consumer[] = [];
  const stopConsumers = async () => {
    await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
  };
  return {
    ...stage,
    queues,
    startConsumer(handler = recordEffect, { visibilitySeconds, ...change } = {}) {
      const consumer = createConsumer({
        context: 'messaging',
        inbound: sqsInbound({ sqs: queues.sqs, queue: 'messaging.fifo', visibilitySeconds }),
        database,
        handlers: [handler],
        logger: nullLogger,
        clock: systemClock,
        random: () => 0,
        ...change,
      });
      running.push(consumer);
      consumer.start();
      return consumer;
    },
    stopConsumers,
    submit: (event, options) => sendToQueue(queues.sqs, 'messaging.fifo', JSON.stringify(event), options),
    queueIsEmpty: () => until('an empty queue', async () => (await queues.depth('messaging.fifo')) === 0),
    async close() {
      await stopConsumers();
      await queues.close();
      await stage.close();
    },
  };
}
