import assert from 'node:assert/strict';
import { type Patient } from '@frontdesk/journeys';
import type { Misbehaviour } from '@frontdesk/simulators';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';
import { unknownTasks } from '../stand/unknown-tasks.ts';

const question = 'What are your hours on Saturday?';
const group = 'the carrier';

/** The patient's texts alone are treated so, a number of times. */
function mistreat(scene: Scene, { number }: Patient, how: Misbehaviour, times: number): void {
  const where = ({ method, body }: { method: string; body: string }) => method === 'POST' && body.includes(number);
  scene.desk.simulators.telnyx.misbehave(how, { times, where });
}

const stateOf = async ({ desk }: Scene, { number }: Patient): Promise<string | undefined> => {
  const { rows } = await desk.rows.query<{ state: string }>(
    'select state from outbound_messages where to_number = $1 order by seq desc limit 1',
    [number],
  );
  return rows[0]?.state;
};

/** The answer to the send is lost, and a receipt tells what became of the text. */
const lostAnswers = (
  [
    ['carrier-takes-it-and-never-answers', 'takes a text and never answers', { kind: 'accept-then-hang' }],
    ['carrier-takes-it-and-says-500', 'takes a text and answers 500', { kind: 'accept-then-fail' }],
    ['carrier-takes-it-and-hangs-up', 'takes a text and breaks the connection', { kind: 'accept-then-reset' }],
    [
      'carrier-answers-in-another-language',
      'takes a text and answers 200 with JSON that nobody knows',
      { kind: 'accept-then-say', body: '{"result":{"ok":true}}' },
    ],
    [
      'carrier-answers-nothing',
      'takes a text and answers 200 with an empty body',
      { kind: 'accept-then-say', body: '' },
    ],
    [
      'carrier-answers-half',
      'takes a text and answers with half of a JSON',
      { kind: 'accept-then-say', body: '{"data":{"id":' },
    ],
  ] as const
).map(([name, injects, how]) =>
  fault({
    name,
    group,
    injects: `the carrier ${injects}`,
    holds: 'the text is not sent again, and its receipt tells that it arrived',
    reach: 'one patient',
    inject: async (scene) => {
      const patient = scene.patient();
      mistreat(scene, patient, how, 1);
      // So late that nobody waits for the answer any more.
      scene.desk.simulators.telnyx.planReceipts({ to: patient.number, delayMs: 3_000 });
      await patient.text(question);
      await until('the receipt settles it', async () => (await stateOf(scene, patient)) === 'delivered', 60_000);
      return patient;
    },
    mustHold: (_, patient) => assert.equal(patient.texts().length, 1, 'the text left more than once'),
  }),
);

/** The carrier says clearly that it did not take the text. */
const refusals = (
  [
    [
      'carrier-is-busy',
      'answers 429 and asks for a second of patience, twice',
      { kind: 'answer', status: 429, retryAfterSeconds: 1 },
      2,
    ],
    ['carrier-flaps', 'answers 503, three times', { kind: 'answer', status: 503 }, 3],
  ] as const
).map(([name, injects, how, times]) =>
  fault({
    name,
    group,
    injects: `the carrier ${injects}`,
    holds: 'the text leaves later, once, without a storm of tries',
    reach: 'one patient',
    inject: async (scene) => {
      const patient = scene.patient();
      mistreat(scene, patient, how, times);
      await patient.text(question);
      let state: string | undefined;
      await until(
        () => `the text or its fate; it is ${state ?? 'not there'}`,
        async () => {
          state = await stateOf(scene, patient);
          return state === 'delivered' || state === 'unknown';
        },
        60_000,
      );
      return patient;
    },
    mustHold: (scene, patient) => {
      const tries = scene.desk.simulators.telnyx.requests.filter(({ body }) => body.includes(patient.number)).length;
      assert.ok(tries <= times + 1, `${tries} tries for ${times} refusals`);
      assert.ok(patient.texts().length <= 1, 'the text left more than once');
    },
  }),
);

const neverHeardOf = fault({
  name: 'carrier-is-never-heard-of-again',
  group,
  injects: 'the connection to the carrier breaks in the middle of a text, and no receipt ever comes',
  holds: 'the text is not sent again; staff are asked once',
  reach: 'one patient',
  inject: async (scene) => {
    const patient = scene.patient();
    mistreat(scene, patient, { kind: 'reset' }, 1);
    await patient.text(question);
    await until('a task for staff', async () => (await unknownTasks(scene, patient)) === 1, 60_000);
    return patient;
  },
  mustHold: async (scene, patient) => {
    assert.equal(patient.texts().length, 0);
    assert.equal(await unknownTasks(scene, patient), 1);
  },
});

const receipts = (
  [
    ['receipts-before-the-answer', 'sends the receipts before its answer', { beforeAnswer: true }],
    ['receipts-in-reverse', 'sends delivered before sent', { order: 'reversed' }],
    ['receipts-five-times', 'sends each receipt five times', { copies: 5 }],
    ['receipts-late', 'sends the receipts long after its answer', { delayMs: 1_500 }],
  ] as const
).map(([name, injects, plan]) =>
  fault({
    name,
    group,
    injects: `the carrier ${injects}`,
    holds: 'the text counts as delivered, and never goes back',
    reach: 'one patient',
    inject: async (scene) => {
      const patient = scene.patient();
      scene.desk.simulators.telnyx.planReceipts({ ...plan, to: patient.number });
      await patient.ask(question);
      await until('the receipts', async () => (await stateOf(scene, patient)) === 'delivered', 60_000);
      return patient;
    },
    mustHold: async (scene, patient) => assert.equal(await stateOf(scene, patient), 'delivered'),
  }),
);

const unreachable = fault({
  name: 'carrier-cannot-be-reached',
  group,
  injects: 'no connection to the carrier can be made for a while',
  holds: 'what did not leave leaves later, once',
  reach: 'the whole desk',
  inject: async (scene) => {
    const { carrier } = scene.networks;
    await carrier.disconnect();
    const patient = scene.patient();
    await patient.text(question);
    await until(
      'a try that failed',
      async () => {
        const tried = `from send_attempts a join outbound_messages m on m.id = a.message_id
        where m.to_number = $1 and a.outcome = 'retryable'`;
        return (await scene.desk.count(tried, patient.number)) > 0;
      },
      60_000,
    );
    await carrier.connectAgain();
    return patient;
  },
  mustHold: (_, patient) => assert.ok(patient.texts().length <= 1),
});

const drips = fault({
  name: 'carrier-answers-a-byte-at-a-time',
  group,
  injects: "the carrier's answer takes longer than anybody waits, a byte at a time",
  holds: 'the wait ends, the text is not sent again, and other texts leave meanwhile',
  reach: 'the whole desk',
  longRunsOnly: true,
  inject: async (scene) => {
    scene.networks.carrier.drip(50);
    const patient = scene.patient();
    await patient.text(question);
    await until(
      'an end of the wait',
      async () => {
        const state = await stateOf(scene, patient);
        return state !== undefined && state !== 'queued' && state !== 'sending';
      },
      60_000,
    );
    scene.networks.carrier.behave();
    return patient;
  },
  mustHold: (_, patient) => assert.ok(patient.texts().length <= 1),
});

export const carrierFaults: readonly Fault[] = [
  ...lostAnswers,
  ...refusals,
  neverHeardOf,
  ...receipts,
  unreachable,
  drips,
];
