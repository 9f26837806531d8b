import { createPool } from '@frontdesk/db';
import { migrate } from '@frontdesk/db/migrate';
import { nullLogger } from '@frontdesk/kernel';
import { startEmbeddedPostgres, type EmbeddedServer } from '@frontdesk/local-stack';
import { createRelay } from '@frontdesk/queue';
import pg from 'pg';
import { relayNaively } from './naive-relay.ts';
import { countOf, fillEventLog, fillOutbox, hasRows, makeClinic, producer } from './outbox.ts';
import { startQueueProcess, type QueueProcess } from './start-queue-process.ts';

export type RelayBench = {
  rounds: number;
  /** Events of one cell of ours. */
  events: number;
  /** Events of one cell of the naive relay, which takes longer for each. */
  naiveEvents: number;
  publishedBehind: number;
  say: (line: string) => void;
};

type Round = { naive: number; ours: number; oursBehind: number; timesNaive: number; behindToEmpty: number };

export type RelayResult = {
  rounds: Round[];
  timesNaive: number;
  behindToEmpty: number;
  publishedBehind: number;
};

type Side = { keepsHistory: boolean; owner: pg.Pool; relayPool: pg.Pool; orgId: string };

/** Events per second from committed rows to SQS: ours, ours with a history behind it, and the naive one, interleaved. */
export async function measureRelay(options: RelayBench): Promise<RelayResult> {
  const { say } = options;
  const server = await startEmbeddedPostgres({ durable: true });
  const queue = await startQueueProcess();
  const sides: Side[] = [];
  try {
    const empty = await openSide(server, sides, false);
    const behind = await openSide(server, sides, true);
    say(`filling the event log with ${options.publishedBehind} published events`);
    await fillEventLog(behind.owner, behind.orgId, options.publishedBehind);

    const ours = (side: Side) => cell(side, queue, options.events, () => relayOurs(side, queue));
    const naive = () => cell(empty, queue, options.naiveEvents, () => relayNaively(empty.relayPool, queue.sqs));
    for (const warmUp of [() => ours(empty), () => ours(behind), naive]) await warmUp();
    const rounds: Round[] = [];
    for (let round = 1; round <= options.rounds; round += 1) {
      const there = [await ours(empty), await naive(), await ours(behind)] as const;
      const back = [await ours(behind), await naive(), await ours(empty)] as const;
      const [a, b, c] = [mean(there[0], back[2]), mean(there[1], back[1]), mean(there[2], back[0])] as const;
      rounds.push({ naive: whole(b), ours: whole(a), oursBehind: whole(c), timesNaive: a / b, behindToEmpty: c / a });
      say(
        `round ${round}: naive ${whole(b)}/s, ours ${whole(a)}/s (${(a / b).toFixed(1)}x), with a history ${whole(c)}/s`,
      );
    }
    return {
      rounds,
      timesNaive: median(rounds.map((round) => round.timesNaive)),
      behindToEmpty: median(rounds.map((round) => round.behindToEmpty)),
      publishedBehind: options.publishedBehind,
    };
  } finally {
    await Promise.all(sides.flatMap(({ owner, relayPool }) => [owner.end(), relayPool.end()]));
    await queue.stop();
    await server.stop();
  }
}

async function openSide(server: EmbeddedServer, sides: Side[], keepsHistory: boolean): Promise<Side> {
  const name = keepsHistory ? 'bench_relay_behind' : 'bench_relay_empty';
  const admin = new pg.Client({ connectionString: server.adminUrl('postgres') });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  await migrate({ adminUrl: server.adminUrl(name), appUrl: server.appUrl(name) });
  const owner = new pg.Pool({ connectionString: server.adminUrl(name), max: 1 });
  const relayPool = createPool({ url: server.appUrl(name), role: 'frontdesk_relay', max: 5 });
  const side = { keepsHistory, owner, relayPool, orgId: await makeClinic(owner) };
  sides.push(side);
  return side;
}

/** Events per second of one run. Void unless every committed event is in the queue and none is left in the outbox. */
async function cell(side: Side, queue: QueueProcess, events: number, run: () => Promise<void>): Promise<number> {
  await queue.purge();
  if (!side.keepsHistory) await side.owner.query('truncate event_log');
  await fillOutbox(side.owner, side.orgId, events);
  await side.owner.query('vacuum analyze outbox');
  await side.owner.query('checkpoint');
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1_000;
  const [left, queued] = [await countOf(side.owner), await queue.depth()];
  if (left !== 0 || queued !== events) throw new Error(`${events} committed, ${left} left, ${queued} queued: void`);
  return events / seconds;
}

async function relayOurs(side: Side, queue: QueueProcess): Promise<void> {
  const relay = createRelay({ pool: side.relayPool, producer, sqs: queue.sqs, logger: nullLogger });
  relay.start();
  while (await hasRows(side.owner)) await new Promise((resolve) => setTimeout(resolve, 5));
  await relay.stop();
}

const mean = (a: number, b: number) => (a + b) / 2;
const whole = (value: number) => Math.round(value);
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
