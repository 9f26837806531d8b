import assert from 'node:assert/strict';
import { until } from '@frontdesk/testkit';
import type { Scene } from '../scene.ts';
import { unknownTasks } from '../stand/unknown-tasks.ts';
import { dying } from './dying.ts';

const diesWithTextInHand = dying(
  { service: 'messaging-worker', failpoints: ['send.after-claim'] },
  {
    name: 'messaging-worker-dies-with-a-text-in-hand',
    injects: 'messaging-worker is killed after it claimed a text and before it calls the carrier',
    holds: 'nobody knows whether it left, so it is not sent again, and staff have a task',
    inject: async (scene) => {
      const patient = scene.patient();
      await scene.die(() => patient.text('What are your hours on Saturday?'));
      await until('a task for the text whose fate is unknown', async () => (await unknownTasks(scene, patient)) === 1);
      return patient;
    },
    mustHold: (_, patient) => assert.deepEqual(patient.texts(), []),
  },
);

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF'), Buffer.alloc(64)]);
const diesWithPictureInStore = dying(
  { service: 'messaging-worker', failpoints: ['media.after-store'] },
  {
    name: 'messaging-worker-dies-with-a-picture-in-the-store',
    injects: 'messaging-worker is killed after it put a picture into the store and before it notes that',
    holds: 'the picture is fetched again over the first, and the patient is answered once',
    inject: async (scene) => {
      const { desk, networks } = scene;
      const patient = scene.patient();
      const url = new URL(desk.simulators.telnyx.layOut({ contentType: 'image/jpeg', bytes: jpeg }));
      url.port = String(networks.carrier.port);
      const media = [{ url: url.href, content_type: 'image/jpeg', size: jpeg.length }];
      await scene.die(() => patient.text('', { media }));
      // A picture in hand is left alone for minutes.
      await desk.rows.query(
        "update inbound_media set next_attempt_at = now() - interval '1 minute' where state = 'queued' and url = $1",
        [url.href],
      );
      await until('the picture is stored', async () => (await picturesOf(scene, url)) === 1);
      await patient.hears(/can't look at pictures/);
      return patient;
    },
    mustHold: (_, patient) =>
      assert.equal(patient.texts().length, 1, `the patient got ${patient.texts().length} texts`),
  },
);

const picturesOf = ({ desk }: Scene, { href }: URL) =>
  desk.count("from inbound_media where url = $1 and state = 'stored' and attempts = 2", href);

export const dyingWithWorkInHand = [diesWithTextInHand, diesWithPictureInStore];
