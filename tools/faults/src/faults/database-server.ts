import assert from 'node:assert/strict';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { untilNextMoment } from '../stand/moments.ts';
import { statusOfText, untilTextsAreTaken } from '../stand/status-of-text.ts';

const group = 'the database';
const reach = 'the whole desk';

const crash = fault({
  name: 'postgres-crashes',
  group,
  injects: 'Postgres dies at once and is started again',
  holds: 'webhooks get 503 meanwhile, the services stay up, and work goes on by itself',
  reach,
  inject: async (scene) => {
    await scene.untilBusy();
    const pids = Object.values(scene.desk.services).map(({ pid }) => pid);
    await scene.database.crash();
    const status = await statusOfText(scene);
    await scene.database.revive();
    await untilTextsAreTaken(scene);
    return { status, pids };
  },
  mustHold: ({ desk }, { status, pids }) => {
    assert.equal(status, 503);
    assert.deepEqual(
      Object.values(desk.services).map(({ pid }) => pid),
      pids,
    );
  },
});

const terminated = fault({
  name: 'postgres-ends-all-sessions',
  group,
  injects: 'an administrator ends all sessions, five times',
  holds: 'work in hand is done again or was done, once',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    await scene.untilBusy();
    for (let n = 0; n < 5; n += 1) {
      await scene.desk.rows.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and usename = 'frontdesk_app'`,
      );
      await untilNextMoment(scene);
    }
  },
});

const leaderLost = fault({
  name: 'relay-loses-its-lead',
  group,
  injects: 'the session that holds the lead over a part of the outbox is ended while it publishes, again and again',
  holds: 'another takes over; SQS has each event under one id of its own, whoever published it',
  reach,
  inject: async (scene) => {
    const { rows } = await scene.desk.rows.query<{ now: Date }>('select now()');
    scene.queues.misbehave({ kind: 'delay', ms: 150, action: 'SendMessageBatch' });
    await scene.untilBusy();
    let ended = 0;
    await until('leaders are ended', async () => {
      const { rowCount } = await scene.desk.rows.query(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted",
      );
      ended += rowCount ?? 0;
      return ended >= 5;
    });
    return rows[0]?.now;
  },
  mustHold: async ({ desk, queues }, since) => {
    const { rows } = await desk.rows.query<{ event_id: string }>(
      'select event_id from event_log where published_at >= $1',
      [since],
    );
    const twice = rows.filter(({ event_id: id }) => queues.messagesOf(id) > 1);
    assert.equal(twice.length, 0, `SQS had ${twice.length} events twice`);
  },
});

export const databaseServer: readonly Fault[] = [crash, terminated, leaderLost];
