import assert from 'node:assert/strict';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { statusOfText } from '../stand/status-of-text.ts';

const group = 'the database';
const reach = 'the whole desk';

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

export const databaseConflicts: readonly Fault[] = [locked, conflicts];
