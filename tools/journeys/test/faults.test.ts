import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { services } from '@frontdesk/contracts';
import { clinicNumber, eventually, faults, openDesk, suffer, untilAtRest } from '../src/index.ts';
import type { Desk, Fault, Patient } from '../src/index.ts';

type Story = { patient: Patient; end: ReturnType<typeof suffer> };

const clinic = clinicNumber(2);
const words = 'What are your hours on Saturday?';
const stories = new Map<Fault, Story>();
let unknown: { patient: Patient; end: Promise<unknown> };
let desk: Desk;
let rest: Promise<void>;

/** Services die side by side, each at one failpoint after the other, while the others see their stories through. */
beforeAll(async () => {
  desk = await openDesk([clinic], { environment: { payments: { SQUARE_TIMEOUT_MS: '1000' } } });
  const lanes = services.map((service) => {
    let lane: Promise<unknown> = Promise.resolve();
    for (const fault of faults.filter((each) => each.service === service)) {
      const patient = desk.patient();
      const end = lane.then(() => suffer(desk, patient, fault));
      lane = end.catch(() => {});
      stories.set(fault, { patient, end });
    }
    return lane;
  });
  // Whoever's text is claimed then is not heard, so it comes when all the others were.
  const patient = desk.patient();
  unknown = { patient, end: Promise.all(lanes).then(() => dieAfterClaim(patient)) };
  rest = unknown.end.then(() => untilAtRest(desk));
  rest.catch(() => {}); // shown by the last test
}, 60_000);
afterAll(() => desk?.close());

async function dieAfterClaim(patient: Patient): Promise<void> {
  const service = desk.services['messaging-worker'];
  await service.arm('send.after-claim');
  await patient.text(words);
  await service.untilExit();
  await service.restart();
  await eventually('a task for the text whose fate is unknown', async () => {
    const tasks = await desk.count(
      `from staff_tasks t join outbound_messages m on m.id = t.message_id
       where t.kind = 'text-outcome-unknown' and m.to_number = $1`,
      patient.number,
    );
    return tasks === 1;
  });
}

describe('a service that dies in the middle', () => {
  it.each(faults.map((fault) => [fault.service, fault.failpoint, fault] as const))(
    '%s at %s: the patient hears it, and hears it once',
    async (_service, _failpoint, fault) => {
      const { patient, end } = stories.get(fault) ?? {};
      const { signal, textsBefore } = (await end) ?? {};
      expect(signal).toBe('SIGKILL');
      await rest.catch(() => {});
      const heard = patient?.texts().slice(textsBefore);
      expect(heard?.filter((text) => fault.hears.test(text))).toHaveLength(1);
    },
    180_000,
  );

  it('messaging-worker at send.after-claim: nobody knows if it left, so it is not sent again and staff look', async () => {
    await unknown.end;
    await rest.catch(() => {});
    expect(unknown.patient.texts()).toEqual([]);
  }, 180_000);

  it('leaves nothing open, nothing done twice and nothing lost', async () => {
    await rest;
    const booked = faults.filter(({ hears }) => hears.test("You're booked"));
    expect(await desk.count("from appointments where state = 'confirmed'")).toBe(booked.length);
  }, 180_000);
});
