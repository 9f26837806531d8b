import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { fault, type Fault } from '../fault.ts';
import { firstClinic } from '../stand/first-clinic.ts';
import { post, textEvent, textsFrom, textsPath } from '../stand/post-webhook.ts';

const group = 'the webhooks';

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
    const head = `POST ${textsPath} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`;
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

export const hostileWebhooks: readonly Fault[] = [forged, monsters, dripped];
