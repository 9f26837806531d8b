import { contexts, type ContextName } from '@frontdesk/contracts';
import type { TenantDatabase, TenantTransaction } from '@frontdesk/db';
import type { Clock, Logger, Random } from '@frontdesk/kernel';
import { makeBatcher } from './batcher.ts';
import { consumerMetrics } from './consumer-metrics.ts';
import { handleGroup } from './handle-group.ts';
import type { Handler } from './handler.ts';
import { makeInHand } from './in-hand.ts';
import type { Inbound } from './inbound.ts';
import type { Received } from './read-message.ts';
import { receiveLoop } from './receive-loop.ts';
import { makeSettleMessage } from './settle-message.ts';
import { within } from './within.ts';

export type ConsumerOptions<Tx extends TenantTransaction = TenantTransaction> = {
  /** Whose queue is read. */
  context: ContextName;
  /** Where its messages come from. */
  inbound: Inbound;
  database: TenantDatabase<Tx>;
  handlers: readonly Handler<Tx>[];
  logger: Logger;
  clock: Clock;
  random?: Random;
  /** Messages in hand at once. */
  concurrency?: number;
  /** How long `stop` waits for what is in hand. */
  stopWithinMs?: number;
  /** Waits between tries of a message, and after how many it is parked. More tries than SQS allows would end in its dead letters. */
  retry?: { baseMs: number; capMs: number; tries: number };
  /** `off` is for the tests that show why the inbox is needed. */
  inbox?: 'on' | 'off';
};

export type Consumer = { start(): void; stop(): Promise<void> };

const defaultRetry = { baseMs: 2_000, capMs: 60_000, tries: 5 };

/** Reads a context's queue: groups side by side, the messages of one group in order. */
export function createConsumer<Tx extends TenantTransaction>(options: ConsumerOptions<Tx>): Consumer {
  const { context, inbound, database, handlers, logger, clock, random = Math.random } = options;
  const { concurrency = 10, stopWithinMs = 25_000 } = options;
  const { retry = defaultRetry, inbox = 'on' } = options;
  const { queue } = contexts[context];
  const inHand = makeInHand(concurrency);
  const removals = makeBatcher<Received>(10, inbound.remove);
  const byType = new Map(handlers.map((handler) => [handler.type, handler]));
  const metrics = consumerMetrics(queue);
  const settle = makeSettleMessage({
    context,
    database,
    handlers: byType,
    logger,
    metrics,
    clock,
    random,
    retry,
    inbox,
    system: inbound.system,
  });
  const stopping = new AbortController();
  let loop: Promise<void> | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let troubled = false; // a message is to come again: perhaps the database is away

  const groupOptions = {
    settle: async (message: Received) => {
      const settlement = await settle(message);
      if (settlement.kind === 'again') troubled = true;
      return settlement;
    },
    remove: removals.add,
    giveBack: inbound.giveBack,
    letGo: inHand.letGo,
    isStopping: () => stopping.signal.aborted,
    logger,
  };

  const take = (messages: readonly Received[]) => {
    messages.forEach(inHand.take);
    for (const group of Map.groupBy(messages, ({ groupId }) => groupId).values()) {
      void handleGroup(group, groupOptions);
    }
  };

  const canWork = async () => {
    if (!troubled) return;
    await database.ping();
    troubled = false;
  };

  const keepInHand = ({ renew }: NonNullable<Inbound['keep']>) => {
    renew(inHand.held()).catch((error: unknown) =>
      logger.warn({ queue, error }, 'the visibility of messages could not be renewed'),
    );
  };

  return {
    start() {
      if (loop !== undefined) return;
      const { keep } = inbound;
      if (keep !== undefined) heartbeat = setInterval(() => keepInHand(keep), keep.everyMs);
      loop = receiveLoop({
        receive: (most) => inbound.receive(most, stopping.signal),
        freePlaces: () => inHand.freePlaces(stopping.signal),
        take,
        canWork,
        signal: stopping.signal,
        random,
        logger,
      });
    },
    async stop() {
      stopping.abort();
      await loop;
      const finished = await within(stopWithinMs, inHand.empty());
      clearInterval(heartbeat);
      if (finished) return;
      const rest = inHand.held().map((message) => ({ message, delayMs: 0, tried: true }));
      logger.warn({ queue, messages: rest.length }, 'messages still in hand are given to others');
      await inbound.giveBack(rest);
    },
  };
}
