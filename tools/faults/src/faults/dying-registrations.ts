import assert from 'node:assert/strict';
import { services } from '@frontdesk/contracts';
import { newId } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';
import { firstClinic } from '../stand/post-webhook.ts';

/** The owner of the first clinic asks the administration. */
async function ask({ desk, ...scene }: Scene, path: string, body?: Record<string, unknown>): Promise<unknown> {
  const { id: orgId } = firstClinic({ desk, ...scene });
  const token = await desk.issuer.mint({ orgs: { [orgId]: 'owner' } });
  const query = body === undefined ? `?orgId=${orgId}` : '';
  const answer = await fetch(`${desk.services.api.url}${path}${query}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() },
    ...(body !== undefined && { body: JSON.stringify({ orgId, ...body }) }),
  });
  assert.ok(answer.ok, `${path} was answered ${answer.status}`);
  return answer.json();
}

/** A clinic buys a number, and the worker dies as it brings that about. */
export const dyingRegistrations = (
  [
    ['registration.after-take', 'before it asks the carrier for a number that a clinic wants to buy'],
    ['registration.after-look', 'after it bought a number for a clinic and before it notes that it has looked'],
  ] as const
).map(([failpoint, when]): Fault & { failpoints: readonly string[] } => ({
  failpoints: [failpoint],
  ...fault({
    name: `messaging-worker-dies-${failpoint.replaceAll('.', '-')}`,
    group: 'a service that dies',
    injects: `messaging-worker is killed ${when}`,
    holds: 'the number is bought once, and it is the clinic’s',
    reach: 'one service',
    turnOf: services, // of the texts that it has in hand nobody can know what became of them
    inject: async (scene) => {
      const { desk } = scene;
      // As the two routes declare their answers.
      const { items } = (await ask(scene, '/admin/available-numbers')) as { items: { number: string }[] };
      const number = items[0]?.number ?? '';
      const process = desk.services['messaging-worker'];
      await process.arm(failpoint);
      const { id } = (await ask(scene, '/admin/number-orders', { number })) as { id: string };
      const { signal } = await process.untilExit(60_000);
      await process.restart();
      // What somebody has taken is left alone for minutes.
      await desk.rows.query("update registrations set leased_until = now() - interval '1 minute' where id = $1", [id]);
      const done =
        "from number_orders o join registrations r using (org_id, id) where id = $1 and o.state = 'assigned' and r.due_at is null";
      await until('the number is the clinic’s', async () => (await desk.count(done, id)) === 1, 60_000);
      return { number, signal };
    },
    mustHold: async ({ desk }, { number, signal }) => {
      assert.equal(signal, 'SIGKILL', 'it did not die of its failpoint');
      const orders = desk.simulators.telnyx.orders().filter(({ numbers }) => numbers.includes(number));
      assert.equal(orders.length, 1, `it was ordered ${orders.length} times`);
      assert.equal(await desk.count('from phone_numbers where e164 = $1', number), 1);
    },
  }),
}));
