import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { services, type ServiceName } from '@frontdesk/contracts';
import { clinicNumber, eventually, faults, openDesk, suffer, untilAtRest } from '../src/index.ts';
import type { Desk, Fault, Patient, Survival } from '../src/index.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const clinic = clinicNumber(2);
const afterClaim = 'send.after-claim';
const words = 'What are your hours on Saturday?';
const survivals = new Map<Fault, Promise<Survival>>();
let unknown: { patient: Patient; end: Promise<unknown> };
let desk: Desk;
let rest: Promise<void>;

/**
 * Services die side by side, each in one story after the other, while the others see their stories through. Only
 * messaging-worker dies when the others are done: nobody can know what became of the texts that it had in hand.
 */
beforeAll(async () => {
  desk = await openDesk([clinic], { environment: { payments: { SQUARE_TIMEOUT_MS: '1000' } } });
  const others = services.filter((service) => service !== 'messaging-worker');
  const patient = desk.patient();
  const died = Promise.all(others.map((service) => sufferAll(service))).then(() => sufferAll('messaging-worker'));
  unknown = { patient, end: died.then(() => dieAfterClaim(patient)) };
  rest = unknown.end.then(() => untilAtRest(desk, 90_000));
  rest.catch(() => {}); // shown by the last test
}, 60_000);
afterAll(() => desk?.close());

/** The stories of one service, one after the other. */
async function sufferAll(service: ServiceName): Promise<void> {
  for (const fault of faults.filter((each) => each.service === service)) {
    const survival = suffer(desk, desk.patient(), fault);
    survivals.set(fault, survival);
    await survival.catch(() => {}); // shown by its test
  }
}

async function dieAfterClaim(patient: Patient): Promise<void> {
  const service = desk.services['messaging-worker'];
  await service.arm(afterClaim);
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

/** The failpoints that the code has, wherever they stand. */
function failpointsInCode(): string[] {
  const files = globSync('{packages,services}/*/src/**/*.ts', { cwd: root });
  const named = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/\bfailpoint\('([^']+)'\)/g),
  ]);
  return [...new Set(named.map(([, name]) => String(name)))].toSorted();
}

describe('a service that dies in the middle', () => {
  it('has a story here for every failpoint in the code', () => {
    const told = new Set([...faults.flatMap(({ failpoints }) => failpoints), afterClaim]);
    expect([...told].toSorted()).toEqual(failpointsInCode());
  });

  it.each(faults.map((fault) => [fault.service, fault.failpoints.join(', then at '), fault] as const))(
    '%s at %s: the patient hears it, and hears it once',
    async (_service, _failpoints, fault) => {
      await rest.catch(() => {});
      const survival = await survivals.get(fault);
      expect(survival?.signals).toEqual(fault.failpoints.map(() => 'SIGKILL'));
      expect(survival?.heard().filter((text) => fault.hears.test(text))).toHaveLength(1);
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
