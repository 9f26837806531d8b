import assert from 'node:assert/strict';
import { services } from '@frontdesk/contracts';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';
import { unknownTasks } from '../stand/unknown-tasks.ts';

const afterClaim = 'send.after-claim';
const diesWithTextInHand: Fault & { failpoints: readonly string[] } = {
  failpoints: [afterClaim],
  ...fault({
    name: 'messaging-worker-dies-with-a-text-in-hand',
    group: 'a service that dies',
    injects: 'messaging-worker is killed after it claimed a text and before it calls the carrier',
    holds: 'nobody knows whether it left, so it is not sent again, and staff have a task',
    reach: 'one service',
    turnOf: services, // of the texts that it has in hand nobody can know what became of them
    inject: async (scene) => {
      const { desk } = scene;
      const patient = scene.patient();
      const process = desk.services['messaging-worker'];
      await process.arm(afterClaim);
      await patient.text('What are your hours on Saturday?');
      await process.untilExit(60_000);
      await process.restart();
      await until('a task for the text whose fate is unknown', async () => (await unknownTasks(scene, patient)) === 1);
      return patient;
    },
    mustHold: (_, patient) => assert.deepEqual(patient.texts(), []),
  }),
};

const afterStore = 'media.after-store';
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF'), Buffer.alloc(64)]);
const diesWithPictureInStore: Fault & { failpoints: readonly string[] } = {
  failpoints: [afterStore],
  ...fault({
    name: 'messaging-worker-dies-with-a-picture-in-the-store',
    group: 'a service that dies',
    injects: 'messaging-worker is killed after it put a picture into the store and before it notes that',
    holds: 'the picture is fetched again over the first, and the patient is answered once',
    reach: 'one service',
    turnOf: services, // of the texts that it has in hand nobody can know what became of them
    inject: async (scene) => {
      const { desk, networks } = scene;
      const patient = scene.patient();
      const process = desk.services['messaging-worker'];
      const url = new URL(desk.simulators.telnyx.layOut({ contentType: 'image/jpeg', bytes: jpeg }));
      url.port = String(networks.carrier.port);
      await process.arm(afterStore);
      await patient.text('', { media: [{ url: url.href, content_type: 'image/jpeg', size: jpeg.length }] });
      const { signal } = await process.untilExit(60_000);
      await process.restart();
      // A picture in hand is left alone for minutes.
      await desk.rows.query(
        "update inbound_media set next_attempt_at = now() - interval '1 minute' where state = 'queued' and url = $1",
        [url.href],
      );
      await until('the picture is stored', async () => (await picturesOf(scene, url)) === 1);
      await patient.hears(/can't look at pictures/);
      return { signal, heard: () => patient.texts() };
    },
    mustHold: (_, { signal, heard }) => {
      assert.equal(signal, 'SIGKILL', 'it did not die of its failpoint');
      assert.equal(heard().length, 1, `the patient got ${heard().length} texts`);
    },
  }),
};

const picturesOf = ({ desk }: Scene, { href }: URL) =>
  desk.count("from inbound_media where url = $1 and state = 'stored' and attempts = 2", href);

export const dyingWithWorkInHand = [diesWithTextInHand, diesWithPictureInStore];
