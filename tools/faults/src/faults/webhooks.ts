import { setTimeout } from 'node:timers/promises';
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type Desk, type Patient } from '@frontdesk/journeys';
import { newId } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';

const group = 'the webhooks';
const path = '/webhooks/telnyx/messages';

type Clinic = Scene['clinics'][number];

/** A text as the carrier tells of it. */
function textEvent(patient: Patient, clinic: Clinic, text: string, ids = { event: newId(), message: newId() }): string {
  const at = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const payload = {
    record_type: 'message',
    direction: 'inbound',
    id: ids.message,
    type: 'SMS',
    received_at: at,
    text,
    from: { phone_number: patient.number },
    to: [{ phone_number: clinic.location.number }],
  };
  return JSON.stringify({
    data: { record_type: 'event', event_type: 'message.received', id: ids.event, occurred_at: at, payload },
  });
}

/** Posts as a provider does: a desk that is too busy to store it in time says 503, and it comes again. */
async function post(desk: Desk, body: string | Buffer, headers: Record<string, string>, to = path): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(`${desk.webhookUrl}${to}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    if (answer.status !== 503 || tries === 100) return answer;
    await setTimeout(100);
  }
}

const textsFrom = ({ desk }: Scene, { number }: Patient) =>
  desk.count('from inbound_messages where from_number = $1', number);

const firstClinic = ({ clinics }: Scene): Clinic => {
  const [clinic] = clinics;
  if (clinic === undefined) throw new Error('a scene has clinics');
  return clinic;
};

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

const forged = fault({
  name: 'webhook-forged',
  group,
  injects:
    'webhooks without a signature, with a wrong key, with a changed body, and signed over the same JSON written otherwise',
  holds: 'each is refused with 401 and leaves no row',
  reach: 'one patient',
  inject: async (scene) => {
    const { desk } = scene;
    const { telnyx } = desk.simulators;
    const clinic = firstClinic(scene);
    const patient = scene.patient(clinic);
    const [body, other] = ['a', 'b'].map((text) => textEvent(patient, clinic, text)) as [string, string]; // of two
    const wrongKey = { ...telnyx.sign(body), 'telnyx-signature-ed25519': Buffer.alloc(64, 1).toString('base64') };
    const answers = await Promise.all([
      post(desk, body, {}),
      post(desk, body, wrongKey),
      post(desk, body, telnyx.sign(other)),
      post(desk, JSON.stringify(JSON.parse(body), null, 1), telnyx.sign(body)),
    ]);
    return { patient, statuses: answers.map(({ status }) => status) };
  },
  mustHold: async (scene, { patient, statuses }) => {
    assert.deepEqual(statuses, [401, 401, 401, 401]);
    assert.equal(await textsFrom(scene, patient), 0);
  },
});

/** What a hostile sender or a broken proxy makes of a body. The status says that it was refused, or taken whole. */
const monsters = fault({
  name: 'webhook-monsters',
  group,
  injects: 'bodies of ten megabytes, nested a hundred thousand deep, of broken UTF-8, and with ten thousand headers',
  holds: 'each is refused with 4xx or its connection closed, no row is left, and others are answered meanwhile',
  reach: 'one patient',
  inject: async (scene) => {
    const { desk } = scene;
    const { telnyx } = desk.simulators;
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const broken = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`x-h-${n}`, 'x']));
    const answers = await Promise.all(
      [
        post(desk, 'x'.repeat(10_000_000), telnyx.sign('x')),
        post(desk, deep, telnyx.sign(deep)),
        post(desk, broken, telnyx.sign(broken.toString('latin1'))),
        post(desk, '{}', headers),
      ].map((answer) => answer.then(({ status }) => status).catch(() => 'closed')),
    );
    const patient = scene.patient();
    await patient.ask('What are your hours on Saturday?');
    return answers;
  },
  mustHold: (_, answers) => {
    for (const answer of answers) assert.match(String(answer), /^(4\d\d|closed)$/);
  },
});

const dripped = fault({
  name: 'webhook-dripped',
  group,
  injects: 'twenty senders send their bodies a byte at a time and never finish',
  holds: 'others are answered meanwhile',
  reach: 'one patient',
  inject: async (scene) => {
    const { desk } = scene;
    const { port } = new URL(desk.webhookUrl);
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`;
    const sockets = Array.from({ length: 20 }, () => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(head));
      return socket.on('error', () => {});
    });
    const patient = scene.patient();
    await patient.ask('What are your hours on Saturday?');
    for (const socket of sockets) socket.destroy();
    return patient;
  },
  mustHold: (_, patient) => assert.equal(patient.texts().length, 1),
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
    const { status } = await telnyx.receiveText({ from: '+16025550000', to, text: 'hello?' });
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
  forged,
  monsters,
  dripped,
  strangeWords,
  callsOutOfOrder,
  strangers,
];
