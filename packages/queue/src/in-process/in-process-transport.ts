import { contexts, type ContextName } from '@frontdesk/contracts';
import { assertBoundByRowLevelSecurity, assertMigrated, createPool } from '@frontdesk/db';
import { failpoint, type Logger, type Random } from '@frontdesk/kernel';
import type { Inbound } from '../consumer/inbound.ts';
import { handOut, putBack, suspectRows } from '../postgres/hand-out.ts';
import { moveToLog } from '../postgres/move-to-log.ts';
import { startPartitionKeeper } from '../relay/partition-keeper.ts';
import { relayMetrics } from '../relay/relay-metrics.ts';
import { startSignalLoop, type SignalLoop } from '../relay/signal-loop.ts';
import type { Transport } from '../transport.ts';
import { makeLead } from './lead.ts';
import { measureBacklog } from './measure-backlog.ts';
import { makeSuspects } from './suspects.ts';
import { makeWaitingConsumers } from './waiting-consumers.ts';

export type InProcessTransportOptions = {
  databaseUrl: string;
  /** As which producer its metrics are named. */
  service: string;
  logger: Logger;
  random?: Random;
  /** How often the outbox is looked at without being poked. */
  pollMs?: number;
};

/** One holds the lead and hands out; the other looks around. */
const connections = 2;

/**
 * The way of a desk that runs in one process: rows of the outbox go to the handlers beside it, whoever wrote them, and leave the
 * outbox when their handler has committed. No transaction is open while a handler runs: the first row of each group is
 * handed out and its try counted, and the group waits in its order until that row is gone.
 */
export function createInProcessTransport(options: InProcessTransportOptions): Transport {
  const { databaseUrl, service, logger, random = Math.random, pollMs = 1_000 } = options;
  const pool = createPool({
    url: databaseUrl,
    role: 'frontdesk_relay',
    max: connections,
    // Plans that are made while the outbox is empty must hold when it is full.
    settings: { plan_cache_mode: 'force_custom_plan', enable_seqscan: 'off' },
  });
  const inHand = new Set<string>();
  const finished = new Set<string>(); // handled, but still in the outbox: the database was away
  const suspects = makeSuspects();
  const consumers = makeWaitingConsumers();
  const timers = new Set<NodeJS.Timeout>();
  const lead = makeLead({
    pool,
    onTaken: async (connection) => suspects.set((await suspectRows(connection)).filter((id) => !inHand.has(id))),
    logger,
  });
  let loop: SignalLoop | undefined;
  let parts: { stop(): Promise<void> }[] = [];
  let onPublished: (entries: number) => void = () => {};
  const wake = () => loop?.wake();

  const letGo = (id: string) => {
    inHand.delete(id);
    suspects.clear(id);
    wake();
  };

  const clear = async (ids: readonly string[]) => {
    if (ids.length === 0) return;
    try {
      await moveToLog(pool, ids);
    } catch (error) {
      for (const id of ids) finished.add(id);
      throw error;
    }
    onPublished(ids.length);
    for (const id of ids) {
      finished.delete(id);
      letGo(id);
    }
  };

  const round = async () => {
    const connection = await lead.connection();
    if (connection === null) return;
    await clear([...finished]);
    await consumers.serve(async (wanted) => {
      const except = [...inHand, ...suspects.heldBack(inHand)];
      const picked = await handOut(connection, wanted, except).catch((error: unknown) => {
        lead.drop(); // a connection that answers nothing may never say that it is gone
        throw error;
      });
      for (const { message } of picked) inHand.add(message.receiptHandle);
      if (picked.length > 0) failpoint('in-process.after-hand-out');
      return picked;
    });
  };

  const inbound = (context: ContextName): Inbound => ({
    system: 'frontdesk',
    receive(most, signal) {
      const messages = consumers.wait(contexts[context].queue, most, signal);
      wake();
      return messages;
    },
    remove: (messages) => clear(messages.map(({ receiptHandle }) => receiptHandle)),
    async giveBack(returned) {
      for (const { message, delayMs, tried } of returned) {
        const id = message.receiptHandle;
        await putBack(pool, { id, delayMs, tried }).finally(() => letGo(id));
        const timer = setTimeout(() => {
          timers.delete(timer);
          wake();
        }, delayMs);
        timers.add(timer);
      }
    },
  });

  return {
    inbound,
    poke: wake,
    lag: () => measureBacklog(pool),
    checks: {},
    async start() {
      await assertMigrated(pool);
      await assertBoundByRowLevelSecurity(pool);
      const metrics = relayMetrics(service, () => measureBacklog(pool));
      onPublished = metrics.published;
      loop = startSignalLoop({
        round,
        onFailure: (error) => logger.warn({ error }, 'no events could be handed out; it will try again'),
        random,
      });
      const poll = setInterval(wake, pollMs);
      loop.wake();
      parts = [loop, startPartitionKeeper({ pool, logger }), metrics, { stop: async () => clearInterval(poll) }];
    },
    async stop() {
      await Promise.all(parts.map((part) => part.stop()));
      for (const timer of timers) clearTimeout(timer);
      await clear([...finished]).catch(() => {}); // else they come again, and the inbox knows them
      await lead.end();
      await pool.end();
    },
  };
}
