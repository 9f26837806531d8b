import assert from 'node:assert/strict';
import { newId } from '@frontdesk/kernel';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';
import { firstClinic } from '../stand/post-webhook.ts';

type Asked = { path: string; body: Record<string, unknown>; key?: string };

/** Asks the administration as the owner of the first clinic; a connection that breaks has no status. */
async function ask({ desk, ...scene }: Scene, { path, body, key }: Asked): Promise<number | null> {
  const { id: orgId } = firstClinic({ desk, ...scene });
  const token = await desk.issuer.mint({ orgs: { [orgId]: 'owner' } });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  try {
    const { status } = await fetch(`${desk.services.api.url}${path}`, {
      method: 'POST',
      headers: key === undefined ? headers : { ...headers, 'idempotency-key': key },
      body: JSON.stringify({ orgId, ...body }),
    });
    return status;
  } catch {
    return null;
  }
}

/** Asks, sees the service die of the failpoint, and asks the same again. */
async function askTwice(scene: Scene, failpoint: string, asked: Asked) {
  const { api } = scene.desk.services;
  await api.arm(failpoint);
  const [first, { signal }] = await Promise.all([ask(scene, asked), api.untilExit(60_000)]);
  await api.restart();
  return { first, signal, again: await ask(scene, asked) };
}

const words = 'Your jacket is still at our front desk.';
const textByHand: Fault & { failpoints: readonly string[] } = {
  failpoints: ['api.after-commit'],
  ...fault({
    name: 'api-dies-after-a-text-by-hand',
    group: 'a service that dies',
    injects: 'api is killed after it committed a text and before it says so, and is asked again with the same key',
    holds: 'it says so then, and the patient hears it once',
    reach: 'one service',
    turnOf: ['api'],
    inject: async (scene) => {
      const patient = scene.patient(firstClinic(scene));
      await patient.ask('What are your hours on Saturday?');
      const asked = { to: patient.number, purpose: 'reply', body: words };
      const answers = await askTwice(scene, 'api.after-commit', {
        path: '/admin/messages:send',
        body: asked,
        key: newId(),
      });
      await patient.hears(/jacket/);
      return { ...answers, heard: () => patient.texts().filter((text) => text.includes('jacket')) };
    },
    mustHold: (_, { first, signal, again, heard }) => {
      assert.deepEqual([first, signal, again], [null, 'SIGKILL', 202]);
      assert.equal(heard().length, 1, `the patient heard it ${heard().length} times`);
    },
  }),
};

const erasure: Fault & { failpoints: readonly string[] } = {
  failpoints: ['erasure.after-webhooks'],
  ...fault({
    name: 'api-dies-in-an-erasure',
    group: 'a service that dies',
    injects: 'api is killed half-way through the erasure of a person, and is asked again',
    holds: 'nothing of the person is left',
    reach: 'one service',
    turnOf: ['api'],
    inject: async (scene) => {
      const patient = scene.patient(firstClinic(scene));
      await patient.ask('What are your hours on Saturday?');
      const asked = { path: '/admin/people:purge', body: { phone: patient.number } };
      return { number: patient.number, ...(await askTwice(scene, 'erasure.after-webhooks', asked)) };
    },
    mustHold: async ({ desk }, { number, first, signal, again }) => {
      assert.deepEqual([first, signal, again], [null, 'SIGKILL', 200]);
      assert.equal(await desk.count('from contacts where phone = $1', number), 0);
      assert.equal(await desk.count('from webhook_events where payload::text like $1', `%${number}%`), 0);
    },
  }),
};

export const dyingAdministration = [textByHand, erasure];
