import assert from 'node:assert/strict';
import { newId } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import type { Scene } from '../scene.ts';
import { askAdministration } from '../stand/ask-administration.ts';
import { dying } from './dying.ts';

async function ask(scene: Scene, path: string, body?: Record<string, unknown>): Promise<unknown> {
  const answer = await askAdministration(scene, { path, key: newId(), ...(body !== undefined && { body }) });
  assert.ok(answer.ok, `${path} was answered ${answer.status}`);
  return answer.json();
}

/** A clinic buys a number, and the worker dies as it brings that about. */
export const dyingRegistrations = (
  [
    ['registration.after-take', 'before it asks the carrier for a number that a clinic wants to buy'],
    ['registration.after-look', 'after it bought a number for a clinic and before it notes that it has looked'],
  ] as const
).map(([failpoint, when]) =>
  dying(
    { service: 'messaging-worker', failpoints: [failpoint] },
    {
      name: `messaging-worker-dies-${failpoint.replaceAll('.', '-')}`,
      injects: `messaging-worker is killed ${when}`,
      holds: 'the number is bought once, and it is the clinic’s',
      inject: async (scene) => {
        const { desk } = scene;
        // As the two routes declare their answers.
        const { items } = (await ask(scene, '/admin/available-numbers')) as { items: { number: string }[] };
        const number = items[0]?.number ?? '';
        const order = async () => (await ask(scene, '/admin/number-orders', { number })) as { id: string };
        const { id } = await scene.die(order);
        // What somebody has taken is left alone for minutes.
        await desk.rows.query("update registrations set leased_until = now() - interval '1 minute' where id = $1", [
          id,
        ]);
        const done =
          "from number_orders o join registrations r using (org_id, id) where id = $1 and o.state = 'assigned' and r.due_at is null";
        await until('the number is the clinic’s', async () => (await desk.count(done, id)) === 1, 60_000);
        return number;
      },
      mustHold: async ({ desk }, number) => {
        const orders = desk.simulators.telnyx.orders().filter(({ numbers }) => numbers.includes(number));
        assert.equal(orders.length, 1, `it was ordered ${orders.length} times`);
        assert.equal(await desk.count('from phone_numbers where e164 = $1', number), 1);
      },
    },
  ),
);
