import { until } from '@frontdesk/testkit';
import assert from 'node:assert/strict';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';

const group = 'the database';
const reach = 'the whole desk';

/** Whether a text that comes now is taken; used to see that the desk refuses, and that it is back. */
async function statusOfText(scene: Scene): Promise<number | null> {
  const patient = scene.patient();
  const to = scene.clinics[0]?.location.number ?? '';
  const { status } = await scene.desk.simulators.telnyx.receiveText({ from: patient.number, to, text: 'Hi there' });
  return status;
}

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
    await until('a text is taken again', async () => (await statusOfText(scene)) === 200);
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

const longerThanTheCarrierTriesMs = 6_000;

const outage = fault({
  name: 'postgres-is-away',
  group,
  injects: 'no connection to Postgres can be made for longer than the carrier repeats a webhook',
  holds: 'what was answered 200 is kept; what was not comes again',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    await scene.untilBusy();
    const { postgres } = scene.networks;
    await postgres.disconnect();
    const answers: (number | null)[] = [];
    const until = Date.now() + longerThanTheCarrierTriesMs;
    while (Date.now() < until) answers.push(await statusOfText(scene));
    await postgres.connectAgain();
    return answers;
  },
  mustHold: (_, answers) => assert.deepEqual(new Set(answers), new Set([503])),
});

const cutConnections = fault({
  name: 'connections-to-postgres-break',
  group,
  injects: 'every connection to Postgres breaks, eight times within two seconds',
  holds: 'work in hand is done again or was done, once',
  reach,
  inject: async (scene) => {
    await scene.untilBusy();
    for (let n = 0; n < 8; n += 1) {
      scene.networks.postgres.cut();
      await untilNextMoment(scene);
    }
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
  group: 'the database',
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

const locked = fault({
  name: 'somebody-locks-a-table',
  group,
  injects: 'somebody holds a lock on the table of texts for seconds',
  holds: 'webhooks are refused with 503 in less than two seconds rather than kept waiting, and come again',
  reach,
  inject: async (scene) => {
    await scene.untilBusy();
    const holder = await scene.desk.rows.connect();
    try {
      await holder.query('begin; lock table inbound_messages in access exclusive mode');
      const startedAt = performance.now();
      const status = await statusOfText(scene);
      return { status, ms: performance.now() - startedAt };
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  },
  mustHold: (_, { status }) => assert.notEqual(status, 200),
});

const conflicts = fault({
  name: 'transactions-that-fail-by-chance',
  group,
  injects:
    'every fourth write of a text, a turn, a deposit or a payment fails with a serialization failure or a deadlock',
  holds: 'it is tried again, and has its effect once',
  reach,
  inject: async (scene) => {
    const { rows } = scene.desk;
    await rows.query(`
      create function fail_by_chance() returns trigger language plpgsql as $$
      begin
        if random() < 0.25 then
          raise exception 'by chance' using errcode = case when random() < 0.5 then '40001' else '40P01' end;
        end if;
        return new;
      end $$;
      create trigger fail_by_chance before insert on outbound_messages for each row execute function fail_by_chance();
      create trigger fail_by_chance before update on turns for each row execute function fail_by_chance();
      create trigger fail_by_chance before insert or update on deposits for each row execute function fail_by_chance();
      create trigger fail_by_chance before insert on payment_reports for each row execute function fail_by_chance();`);
    const before = await scene.desk.count("from turns where state <> 'running'");
    await until(
      'turns end all the same',
      async () => (await scene.desk.count("from turns where state <> 'running'")) >= before + 3,
      60_000,
    );
    await rows.query('drop function fail_by_chance() cascade');
  },
});

const slow = fault({
  name: 'postgres-is-slow',
  group,
  injects: 'every answer of Postgres takes 40 ms longer',
  holds: 'everything takes longer and nothing else changes',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    scene.networks.postgres.slowDown(40);
    await scene.untilBusy();
    await scene.patient().ask('What are your hours on Saturday?');
  },
});

const silent = fault({
  name: 'network-to-postgres-swallows-everything',
  group,
  injects: 'what the services and Postgres send each other is swallowed, with every connection open',
  holds: 'nobody waits for ever; work goes on when the network is back',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    await scene.untilBusy();
    scene.networks.postgres.goSilent();
    const status = await statusOfText(scene);
    scene.networks.postgres.behave();
    await until('a text is taken again', async () => (await statusOfText(scene)) === 200, 60_000);
    return status;
  },
  mustHold: (_, status) => assert.notEqual(status, 200),
});

/** A part of a second that the seed chooses. */
async function untilNextMoment({ random }: Scene): Promise<void> {
  const moment = Date.now() + 100 + random() * 200;
  await until('the next moment', () => Date.now() >= moment);
}

export const databaseFaults: readonly Fault[] = [
  crash,
  outage,
  cutConnections,
  terminated,
  leaderLost,
  locked,
  conflicts,
  slow,
  silent,
];
