import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceName } from '@frontdesk/contracts';
import {
  askForTimes,
  clinicNumber,
  eventually,
  findBreaches,
  openDesk,
  pickFirstTime,
  walkToLink,
  type Desk,
  type Patient,
} from '../src/index.ts';

/** Where a service dies, what makes it come there, and what the patient must hear all the same. */
type Fault = {
  service: ServiceName;
  failpoint: string;
  /** What happened before the service is armed. */
  before?: (desk: Desk, patient: Patient) => Promise<unknown>;
  provoke: (desk: Desk, patient: Patient, before: unknown) => Promise<unknown>;
  hears: RegExp;
};

const asks = (_: Desk, patient: Patient) => patient.text('What are your hours on Saturday?').catch(() => null);
const answer = /9 ?(:00)? ?AM/i;
const consents = (_: Desk, patient: Patient) => patient.text('Yes, please send the link');
const agreed = async (_: Desk, patient: Patient) => {
  await askForTimes(patient);
  await pickFirstTime(patient);
};
const pays = (desk: Desk, _: Patient, link: unknown) => desk.simulators.square.pay(String(link)).catch(() => null);

const faults: Fault[] = [
  { service: 'webhook-ingress', failpoint: 'ingress.after-verify', provoke: asks, hears: answer },
  { service: 'webhook-ingress', failpoint: 'ingress.before-commit', provoke: asks, hears: answer },
  { service: 'webhook-ingress', failpoint: 'ingress.after-commit', provoke: asks, hears: answer },
  { service: 'webhook-ingress', failpoint: 'relay.after-claim', provoke: asks, hears: answer },
  { service: 'webhook-ingress', failpoint: 'relay.after-publish', provoke: asks, hears: answer },
  { service: 'conversation-worker', failpoint: 'turn.after-lease', provoke: asks, hears: answer },
  { service: 'conversation-worker', failpoint: 'turn.after-model', provoke: asks, hears: answer },
  { service: 'conversation-worker', failpoint: 'turn.after-tool', provoke: asks, hears: answer },
  { service: 'conversation-worker', failpoint: 'turn.before-commit', provoke: asks, hears: answer },
  { service: 'conversation-worker', failpoint: 'turn.after-commit', provoke: asks, hears: answer },
  { service: 'conversation-worker', failpoint: 'consumer.before-delete', provoke: asks, hears: answer },
  { service: 'conversation-worker', failpoint: 'relay.after-publish', provoke: asks, hears: answer },
  { service: 'messaging-worker', failpoint: 'consumer.before-commit', provoke: asks, hears: answer },
  { service: 'messaging-worker', failpoint: 'send.after-carrier', provoke: asks, hears: answer },
  { service: 'messaging-worker', failpoint: 'send.after-outcome', provoke: asks, hears: answer },
  { service: 'payments', failpoint: 'payments.before-link', before: agreed, provoke: consents, hears: /https?:\/\// },
  { service: 'payments', failpoint: 'payments.after-link', before: agreed, provoke: consents, hears: /https?:\/\// },
  {
    service: 'payments',
    failpoint: 'consumer.before-commit',
    before: walkToLink,
    provoke: pays,
    hears: /You're booked/,
  },
  {
    service: 'payments',
    failpoint: 'payments.after-payment-commit',
    before: walkToLink,
    provoke: pays,
    hears: /You're booked/,
  },
];

const clinic = clinicNumber(2);
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk([clinic], {
    environment: {
      all: { QUEUE_VISIBILITY_SECONDS: '2' },
      'conversation-worker': { TURN_DEADLINE_MS: '3000', UNANSWERED_AFTER_MS: '1000' },
    },
  });
}, 60_000);
afterAll(() => desk?.close());

describe('a service that dies in the middle', () => {
  it.each(faults.map((fault) => [fault.service, fault.failpoint, fault] as const))(
    '%s at %s: the patient hears it once, pays once and is booked once',
    async (service, failpoint, { before, provoke, hears }) => {
      const patient = desk.patient();
      const earlier = await before?.(desk, patient);
      const heard = patient.texts().length;

      await desk.services[service].restart({ FAILPOINTS: failpoint });
      const provoked = provoke(desk, patient, earlier);
      expect(await desk.services[service].untilExit(20_000)).toMatchObject({ signal: 'SIGKILL' });
      await desk.services[service].restart({ FAILPOINTS: '' });
      await provoked;

      await patient.hears(hears, heard);
      await eventually('everything came to rest', async () => (await findBreaches(desk)).length === 0, 20_000).catch(
        async (error: unknown) => {
          throw new Error(`still broken: ${(await findBreaches(desk)).join('; ')}`, { cause: error });
        },
      );
      expect(
        patient
          .texts()
          .slice(heard)
          .filter((text) => hears.test(text)),
      ).toHaveLength(1);
    },
    60_000,
  );

  it('messaging-worker after it claimed a text: nothing is sent twice, and staff are asked to look', async () => {
    const patient = desk.patient();
    await desk.services['messaging-worker'].restart({ FAILPOINTS: 'send.after-claim' });
    await asks(desk, patient);
    await desk.services['messaging-worker'].untilExit(20_000);
    await desk.services['messaging-worker'].restart({ FAILPOINTS: '' });
    await eventually('a task for the text whose fate is unknown', async () => {
      const { rows } = await desk.rows.query(
        `select 1 from staff_tasks t join outbound_messages m on m.id = t.message_id
         where t.kind = 'text-outcome-unknown' and m.to_number = $1`,
        [patient.number],
      );
      return rows.length === 1;
    });
    expect(await findBreaches(desk)).toEqual([]);
    expect(patient.texts()).toEqual([]);
  }, 60_000);
});
