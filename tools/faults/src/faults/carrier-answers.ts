import assert from 'node:assert/strict';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { isSendTo, mistreatSends, stateOfLastText } from '../stand/at-the-carrier.ts';
import { unknownTasks } from '../stand/unknown-tasks.ts';

const question = 'What are your hours on Saturday?';
const group = 'the carrier';

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
      mistreatSends(scene, patient, how, 1);
      // So late that nobody waits for the answer any more.
      scene.desk.simulators.telnyx.planReceipts({ to: patient.number, delayMs: 3_000 });
      await patient.text(question);
      await until(
        'the receipt settles it',
        async () => (await stateOfLastText(scene, patient)) === 'delivered',
        60_000,
      );
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
      mistreatSends(scene, patient, how, times);
      await patient.text(question);
      let state: string | undefined;
      await until(
        () => `the text or its fate; it is ${state ?? 'not there'}`,
        async () => {
          state = await stateOfLastText(scene, patient);
          return state === 'delivered' || state === 'unknown';
        },
        60_000,
      );
      return patient;
    },
    mustHold: (scene, patient) => {
      const tries = scene.desk.simulators.telnyx.requests.filter(isSendTo(patient)).length;
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
    mistreatSends(scene, patient, { kind: 'reset' }, 1);
    await patient.text(question);
    await until('a task for staff', async () => (await unknownTasks(scene, patient)) === 1, 60_000);
    return patient;
  },
  mustHold: async (scene, patient) => {
    assert.equal(patient.texts().length, 0);
    assert.equal(await unknownTasks(scene, patient), 1);
  },
});

export const carrierAnswers: readonly Fault[] = [...lostAnswers, ...refusals, neverHeardOf];
