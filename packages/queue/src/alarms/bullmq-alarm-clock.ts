import type { Logger } from '@frontdesk/kernel';
import { createPostgresBackend, Queue, Worker, type Job } from 'bullmq';
import type { DueRow } from './alarms.ts';

/** Postgres by default; Redis when the service is given one. */
export type AlarmConnection = { databaseUrl: string; role: string } | { redisUrl: string };

export type AlarmClock = {
  /** Does nothing when an alarm with this id is waiting. */
  set(alarm: { id: string; kind: string; row: DueRow; delayMs: number }): Promise<void>;
  start(ring: (kind: string, row: DueRow) => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

type AlarmJob = Pick<Job<DueRow>, 'name' | 'data'>;

const setWithinMs = 3_000;
const concurrency = 10;
// A kept job would make its id known for ever, and arming it again would do nothing.
const forgetWhenDone = { removeOnComplete: true, removeOnFail: true } as const;

/** Alarms as delayed BullMQ jobs. Nothing else in the house knows BullMQ, but for its migration. */
export function openAlarmClock(options: { name: string; connection: AlarmConnection; logger: Logger }): AlarmClock {
  const { logger } = options;
  const queue = openQueue(options);
  queue.on('error', (error) => logger.warn({ error }, 'the alarm clock has lost its connection'));
  let worker: ReturnType<typeof openWorker> | undefined;
  return {
    async set({ id, kind, row, delayMs }) {
      const added = queue.add(kind, row, { jobId: id, delay: delayMs, ...forgetWhenDone });
      await Promise.race([added, rejectAfter(setWithinMs)]);
    },
    async start(ring) {
      worker ??= openWorker(options, async (job) => {
        try {
          await ring(job.name, job.data);
        } catch (error) {
          logger.warn({ kind: job.name, id: job.data.id, error }, 'an alarm rang in vain; the sweep will find the row');
        }
      });
      worker.on('error', (error) => logger.warn({ error }, 'the alarm clock has lost its connection'));
      await worker.waitUntilReady();
    },
    async close() {
      await worker?.close();
      await queue.close();
    },
  };
}

function openQueue({ name, connection }: { name: string; connection: AlarmConnection }) {
  return 'redisUrl' in connection
    ? new Queue(name, { connection: { url: connection.redisUrl, maxRetriesPerRequest: 1 } })
    : new Queue(name, { connection: postgres(connection, 1) }, createPostgresBackend);
}

function openWorker(
  { name, connection }: { name: string; connection: AlarmConnection },
  process: (job: AlarmJob) => Promise<void>,
) {
  return 'redisUrl' in connection
    ? new Worker(name, process, {
        connection: { url: connection.redisUrl, maxRetriesPerRequest: null },
        concurrency,
      })
    : new Worker(name, process, { connection: postgres(connection, 2), concurrency }, createPostgresBackend);
}

/** The schema was migrated by the owner; the service only uses it, as its own role. */
function postgres({ databaseUrl, role }: { databaseUrl: string; role: string }, max: number) {
  return {
    connectionString: databaseUrl,
    options: `-c role=${role}`,
    max,
    skipMigrations: true,
    connectionTimeoutMillis: 30_000, // nothing waits for an alarm clock, and no service should fail to start for it
    keepAlive: true,
  };
}

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref();
  });
}
