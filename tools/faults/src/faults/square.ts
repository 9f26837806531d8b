import assert from 'node:assert/strict';
import { agree, askForTimes, pickFirstTime, walkToLink, type Patient } from '@frontdesk/journeys';
import type { Misbehaviour, PayOptions } from '@frontdesk/simulators';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';

const group = 'Square';

const bookedTexts = (patient: Patient) => patient.texts().filter((text) => text.includes("You're booked")).length;

const entries = ({ desk }: Scene, { number }: Patient) =>
  desk.count(
    `from ledger_entries e join deposits d on d.org_id = e.org_id and d.id = e.deposit_id
       join contacts c on c.org_id = d.org_id and c.id = d.contact_id where c.phone = $1 and e.kind = 'captured'`,
    number,
  );

/** A clinic of the scene whose link requests alone fail, known by its Square location. */
const linksThatFail = (
  [
    ['square-makes-a-link-and-never-answers', 'makes a link and never answers', { kind: 'accept-then-hang' }, 0],
    ['square-makes-a-link-and-says-500', 'makes a link and answers 500', { kind: 'accept-then-fail' }, 1],
    ['square-is-busy', 'answers 429 to a request for a link', { kind: 'answer', status: 429 }, 2],
  ] as const
).map(([name, injects, how, n]) =>
  fault({
    name,
    group,
    injects: `Square ${injects}`,
    holds: 'the same key asks again; there is one link, and the patient gets it once',
    reach: 'one patient',
    turnOf: ['Square'],
    inject: async (scene) => {
      const { desk, clinics } = scene;
      const clinic = clinics[n];
      const patient = scene.patient(clinic);
      await askForTimes(patient);
      await pickFirstTime(patient);
      const where = ({ method, body }: { method: string; body: string }) =>
        method === 'POST' && body.includes(String(clinic?.depositAccount?.squareLocationId));
      desk.simulators.square.misbehave(how satisfies Misbehaviour, { times: 1, where });
      return { patient, link: await agree(desk, patient) };
    },
    mustHold: (_, { patient, link }) =>
      assert.equal(patient.texts().filter((text) => text.includes(link)).length, 1, 'the link was sent more than once'),
  }),
);

const reports = (
  [
    [
      'payment-reports-in-reverse',
      'reports a payment as completed before it reports it as made',
      { order: 'reversed' },
    ],
    ['payment-reports-five-times', 'reports a payment five times, all at once', { order: 'together', copies: 5 }],
    [
      'payment-report-without-its-beginning',
      'never reports that the payment was made, only that it completed',
      { withoutCreated: true },
    ],
  ] as const satisfies readonly (readonly [string, string, PayOptions])[]
).map(([name, injects, how]) =>
  fault({
    name,
    group,
    injects: `Square ${injects}`,
    holds: 'the deposit is captured once, the visit booked once, the patient told once',
    reach: 'one patient',
    turnOf: ['Square'],
    inject: async (scene) => {
      const patient = scene.patient();
      const link = await walkToLink(scene.desk, patient);
      await scene.desk.simulators.square.pay(link, how);
      await patient.hears(/You're booked/);
      return patient;
    },
    mustHold: async (scene, patient) => {
      assert.equal(bookedTexts(patient), 1);
      assert.equal(await entries(scene, patient), 1);
    },
  }),
);

const paidTwice = fault({
  name: 'link-paid-twice',
  group,
  injects: 'the same link is paid in two tabs',
  holds: 'one payment books the visit; the other stands in the ledger with a task for staff',
  reach: 'one patient',
  turnOf: ['Square'],
  inject: async (scene) => {
    const { square } = scene.desk.simulators;
    const patient = scene.patient();
    const link = await walkToLink(scene.desk, patient);
    await Promise.all([square.pay(link), square.pay(link, { evenIfPaid: true })]);
    await patient.hears(/You're booked/);
    await until('both payments in the ledger', async () => (await entries(scene, patient)) === 2);
    return patient;
  },
  mustHold: async ({ desk }, patient) => {
    assert.equal(bookedTexts(patient), 1);
    const tasks = `from staff_tasks t join deposits d on d.org_id = t.org_id and d.id = t.deposit_id
      join contacts c on c.org_id = d.org_id and c.id = d.contact_id where c.phone = $1 and t.kind = 'payment-mismatch'`;
    assert.equal(await desk.count(tasks, patient.number), 1);
  },
});

const wrongAmount = fault({
  name: 'another-amount-is-paid',
  group,
  injects: 'Square reports another amount than was asked for',
  holds: 'the money is in the ledger as it came, nothing is booked for it, and staff have a task',
  reach: 'one patient',
  turnOf: ['Square'],
  inject: async (scene) => {
    const patient = scene.patient();
    const link = await walkToLink(scene.desk, patient);
    await scene.desk.simulators.square.pay(link, { amount: 100 });
    await until('the payment in the ledger', async () => (await entries(scene, patient)) === 1);
    return patient;
  },
  mustHold: (_, patient) => assert.equal(bookedTexts(patient), 0),
});

export const squareFaults: readonly Fault[] = [...linksThatFail, ...reports, paidTwice, wrongAmount];
