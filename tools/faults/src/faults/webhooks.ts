import assert from 'node:assert/strict';
import { newId } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { firstClinic } from '../stand/first-clinic.ts';
import { post, textEvent, textsFrom } from '../stand/post-webhook.ts';

const group = 'the webhooks';

const fiftyTimes = fault({
  name: 'webhook-fifty-times-at-once',
  group,
  injects: 'the carrier delivers one text fifty times at once',
  holds: 'fifty times 200, one text, one answer',
  reach: 'one patient',
  inject: async (scene) => {
    const patient = scene.patient();
    await patient.text('What are your hours on Saturday?', { copies: 50 });
    await patient.hears(/9/);
    return patient;
  },
  mustHold: async (scene, patient) => {
    assert.equal(await textsFrom(scene, patient), 1);
    assert.equal(patient.texts().length, 1);
  },
});

const outOfOrder = fault({
  name: 'texts-in-another-order',
  group,
  injects: 'three texts of one person come at once, the last one first',
  holds: 'all are answered, together or one after the other, and none twice',
  reach: 'one patient',
  inject: async (scene) => {
    const patient = scene.patient();
    await Promise.all(['and where are you?', 'How much is botox?', 'Hi'].map((words) => patient.text(words)));
    await patient.hears(/\$12/);
    return patient;
  },
  mustHold: async ({ desk }, patient) => {
    const answered = "from inbound_messages where from_number = $1 and handled_by = 'turn'";
    assert.equal(await desk.count(answered, patient.number), 3);
    assert.ok(patient.texts().length <= 3);
  },
});

const replayed = fault({
  name: 'webhook-replayed',
  group,
  injects:
    'a webhook that was taken comes again, as it was, signed anew, signed ten minutes ago, and at another address',
  holds: 'it has no second effect',
  reach: 'one patient',
  inject: async (scene) => {
    const { desk } = scene;
    const { telnyx } = desk.simulators;
    const clinic = firstClinic(scene);
    const patient = scene.patient(clinic);
    const body = textEvent(patient, clinic, 'What are your hours on Saturday?');
    const seconds = Math.floor(Date.now() / 1_000);
    const answers = [await post(desk, body, telnyx.sign(body)), await post(desk, body, telnyx.sign(body))];
    answers.push(await post(desk, body, telnyx.sign(body, seconds - 600)));
    answers.push(await post(desk, body, telnyx.sign(body), '/webhooks/telnyx/voice'));
    await patient.hears(/9/);
    return { patient, statuses: answers.map(({ status }) => status) };
  },
  mustHold: async (scene, { patient, statuses }) => {
    assert.deepEqual(statuses, [200, 200, 401, 200]);
    assert.equal(await textsFrom(scene, patient), 1);
    assert.equal(patient.texts().length, 1);
  },
});

const strangeWords = fault({
  name: 'texts-of-strange-characters',
  group,
  injects: 'texts with a NUL, with half a surrogate pair, and of 1,600 characters of emoji',
  holds: 'each is taken, stored and answered',
  reach: 'one patient',
  inject: async (scene) => {
    const { desk } = scene;
    const { telnyx } = desk.simulators;
    const clinic = firstClinic(scene);
    const all = ['What are\u0000 your hours?', 'Where are you? \ud83d', '💉'.repeat(1_600)];
    return Promise.all(
      all.map(async (words) => {
        const patient = scene.patient(clinic);
        const body = textEvent(patient, clinic, words);
        const { status } = await post(desk, body, telnyx.sign(body));
        if (status === 200) await patient.hears(/./);
        return status;
      }),
    );
  },
  mustHold: (_, statuses) => assert.deepEqual(statuses, [200, 200, 200]),
});

const callsOutOfOrder = fault({
  name: 'call-events-in-reverse',
  group,
  injects: 'the end of a call is told before its beginning, and then five times more',
  holds: 'the caller is texted back once',
  reach: 'one patient',
  inject: async (scene) => {
    const { telnyx } = scene.desk.simulators;
    const clinic = firstClinic(scene);
    const patient = scene.patient(clinic);
    const call = await telnyx.placeCall({ from: patient.number, to: clinic.location.number, hold: true });
    await call.hangUp('originator_cancel');
    await call.deliverEvents('reversed');
    for (let n = 0; n < 5; n += 1) await call.repeat('call.hangup');
    await patient.hears(/missed your call/i);
    return patient;
  },
  mustHold: (_, patient) => assert.equal(patient.texts().length, 1),
});

const strangers = fault({
  name: 'texts-to-nobody',
  group,
  injects: 'texts come to numbers of no clinic, and events come of kinds that nobody knows',
  holds: 'the carrier is satisfied, and people can see them',
  reach: 'one patient',
  inject: async ({ desk }) => {
    const { telnyx } = desk.simulators;
    const to = '+14805550199';
    // A desk that is too busy to answer in two seconds is asked again, as by the carrier.
    const status = await until('an answer', async () => {
      return (await telnyx.receiveText({ from: '+16025550000', to, text: 'hello?' })).status;
    });
    const id = newId();
    const body = JSON.stringify({ data: { record_type: 'event', event_type: 'fax.received', id, payload: {} } });
    const other = await post(desk, body, telnyx.sign(body));
    await until('it is parked', async () => {
      const parked = "from webhook_events where org_id is null and parked_reason like '%number%'";
      return (await desk.count(parked)) > 0;
    });
    return [status, other.status];
  },
  mustHold: (_, statuses) => assert.deepEqual(statuses, [200, 200]),
});

export const webhookFaults: readonly Fault[] = [
  fiftyTimes,
  outOfOrder,
  replayed,
  strangeWords,
  callsOutOfOrder,
  strangers,
];
