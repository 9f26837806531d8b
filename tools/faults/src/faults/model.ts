import assert from 'node:assert/strict';
import type { Desk, Patient } from '@frontdesk/journeys';
import { callsTools, says, type ModelReply } from '@frontdesk/simulators';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { codeOf, isAbout, mistreatAnswers, questionOf } from '../stand/at-the-model.ts';

const group = 'the model';
const honest = /team|person|someone|sorry/i;

/** The model never gives an answer; the patient gets the honest text, once, and a person. */
const withoutAnswer = (
  [
    ['model-hangs', 'never answers', { kind: 'hang' }],
    ['model-is-throttled', 'answers 429 to everything', { kind: 'exception', type: 'ThrottlingException' }],
    ['model-is-overloaded', 'answers 503 to everything', { kind: 'exception', type: 'ServiceUnavailableException' }],
    ['model-hangs-up', 'breaks every connection', { kind: 'disconnect' }],
    ['model-answers-no-json', 'answers 200 with something that is not JSON', { kind: 'malformed' }],
    ['model-says-nothing', 'answers with an empty text', { kind: 'empty-text' }],
    ['model-stops-halfway', 'stops in the middle of its answer', { kind: 'max-tokens' }],
  ] as const
).map(([name, injects, how]) =>
  fault({
    name,
    group,
    injects: `the model ${injects}`,
    holds: 'within the time of a turn the patient hears, once, that a person will answer, and a person has the task',
    reach: 'one patient',
    inject: async (scene) => {
      const patient = scene.patient();
      mistreatAnswers(scene, patient, how, 1_000);
      await patient.text(questionOf(patient));
      await patient.hears(honest);
      return patient;
    },
    mustHold: (_, patient) => assert.equal(patient.texts().length, 1),
  }),
);

/** What the model says is nonsense; the desk never passes it on and never runs on with it. */
const nonsense = (
  [
    [
      'model-refuses',
      'refuses to talk',
      (): ModelReply => ({ content: [{ text: 'I cannot' }], stopReason: 'content_filtered' }),
    ],
    ['model-calls-tools-for-ever', 'calls a tool again and again', () => callsTools({ name: 'find_times', input: {} })],
    [
      'model-calls-what-does-not-exist',
      'calls a tool that nobody has, with arguments that nobody can read',
      () => callsTools({ name: 'delete_all_patients', input: 'yes' }),
    ],
    [
      'model-grabs-for-other-clinics',
      "calls tools with another clinic's ids, as an injected prompt would make it",
      () =>
        callsTools({
          name: 'hold_time',
          input: { offerId: '00000000-0000-7000-8000-000000000001', orgId: '00000000-0000-7000-8000-000000000002' },
        }),
    ],
    [
      'model-invents-a-price',
      'invents a price and insists on it',
      () => says('Botox is just $7 today, see you at 3 AM!'),
    ],
  ] as const
).map(([name, injects, reply]) =>
  fault({
    name,
    group,
    injects: `the model ${injects}`,
    holds: 'the patient hears something honest, once; nothing is held, booked or promised; a turn has an end',
    reach: 'one patient',
    inject: async (scene) => {
      const patient = scene.patient();
      scene.model.say(codeOf(patient), reply);
      await patient.text(questionOf(patient));
      await patient.hears(/./);
      return patient;
    },
    mustHold: async ({ desk }, patient) => {
      assert.equal(patient.texts().length, 1);
      assert.doesNotMatch(patient.texts().join(), /\$7|3 AM/);
      const held =
        'from appointments a join contacts c on c.org_id = a.org_id and c.id = a.contact_id where c.phone = $1';
      assert.equal(await desk.count(held, patient.number), 0);
      const asked = desk.simulators.bedrock.requests.filter(isAbout(patient));
      assert.ok(asked.length <= 12, `the model was asked ${asked.length} times`);
    },
  }),
);

const overtaken = fault({
  name: 'text-during-the-models-answer',
  group,
  injects: 'another text comes while the model thinks about the first',
  holds: 'both are answered, the newest last, and nothing stale is said',
  reach: 'one patient',
  inject: async (scene) => {
    const { desk } = scene;
    const patient = scene.patient();
    mistreatAnswers(scene, patient, { kind: 'delay', ms: 1_000 }, 1);
    await patient.text(questionOf(patient));
    await until('the model thinks', () => desk.simulators.bedrock.requests.some(isAbout(patient)));
    await patient.text('And where are you?');
    await until('both are answered', async () => (await answered(desk, patient)) === 2);
    return patient;
  },
  mustHold: async ({ desk }, patient) => {
    assert.ok(patient.texts().length <= 2, `${patient.texts().length} answers to two texts`);
    assert.equal(await answered(desk, patient), 2);
  },
});

const answered = (desk: Desk, { number }: Patient) =>
  desk.count("from inbound_messages where from_number = $1 and handled_by = 'turn'", number);

export const modelFaults: readonly Fault[] = [...withoutAnswer, ...nonsense, overtaken];
