import assert from 'node:assert/strict';
import { newId } from '@frontdesk/kernel';
import { askAdministration } from '../stand/ask-administration.ts';
import { firstClinic } from '../stand/first-clinic.ts';
import { dying, type DyingScene } from './dying.ts';

/** Asks, sees the service die meanwhile, and asks the same again. A connection that breaks has no status. */
async function askTwice(scene: DyingScene, asked: Parameters<typeof askAdministration>[1]): Promise<(number | null)[]> {
  const ask = () => askAdministration(scene, asked).then(({ status }) => status);
  const first = await scene.die(() => ask().catch(() => null));
  return [first, await ask()];
}

const words = 'Your jacket is still at our front desk.';
const textByHand = dying(
  { service: 'api', failpoints: ['api.after-commit'] },
  {
    name: 'api-dies-after-a-text-by-hand',
    injects: 'api is killed after it committed a text and before it says so, and is asked again with the same key',
    holds: 'it says so then, and the patient hears it once',
    inject: async (scene) => {
      const patient = scene.patient(firstClinic(scene));
      await patient.ask('What are your hours on Saturday?');
      const body = { to: patient.number, purpose: 'reply', body: words };
      const statuses = await askTwice(scene, { path: '/admin/messages:send', body, key: newId() });
      await patient.hears(/jacket/);
      return { statuses, heard: () => patient.texts().filter((text) => text.includes('jacket')) };
    },
    mustHold: (_, { statuses, heard }) => {
      assert.deepEqual(statuses, [null, 202]);
      assert.equal(heard().length, 1, `the patient heard it ${heard().length} times`);
    },
  },
);

const erasure = dying(
  { service: 'api', failpoints: ['erasure.after-webhooks'] },
  {
    name: 'api-dies-in-an-erasure',
    injects: 'api is killed half-way through the erasure of a person, and is asked again',
    holds: 'nothing of the person is left',
    inject: async (scene) => {
      const patient = scene.patient(firstClinic(scene));
      await patient.ask('What are your hours on Saturday?');
      const asked = { path: '/admin/people:purge', body: { phone: patient.number } };
      return { number: patient.number, statuses: await askTwice(scene, asked) };
    },
    mustHold: async ({ desk }, { number, statuses }) => {
      assert.deepEqual(statuses, [null, 200]);
      assert.equal(await desk.count('from contacts where phone = $1', number), 0);
      assert.equal(await desk.count('from webhook_events where payload::text like $1', `%${number}%`), 0);
    },
  },
);

export const dyingAdministration = [textByHand, erasure];
