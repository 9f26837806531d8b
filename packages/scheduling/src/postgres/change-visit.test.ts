import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createOwnerDatabase, type OwnerDatabase } from '@frontdesk/db';
import { newId, present } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, createTestPerson, type TestDatabase } from '@frontdesk/testkit';
import type { Appointment } from '../appointment.ts';
import {
  appointmentById,
  cancelAppointment,
  confirmAppointment,
  findFreeTimes,
  holdOfferedTime,
  moveAppointment,
  recordOffers,
} from './index.ts';

// A Monday, 8:00 in the clinic's zone.
const now = Temporal.Instant.from('2026-11-23T15:00:00Z');
const holdFor = Temporal.Duration.from({ minutes: 15 });

let server: TestDatabase;
let database: OwnerDatabase;
let clinic: Awaited<ReturnType<typeof createTestClinic>>;
beforeAll(async () => {
  server = await createTestDatabase();
  database = createOwnerDatabase({ url: server.adminUrl });
});
beforeEach(async () => {
  clinic = await createTestClinic(server.owner);
});
afterAll(async () => {
  await database.close();
  await server.close();
});

const freeTimes = () =>
  database.inTenant(clinic.id, (tx) => findFreeTimes(tx, { orgId: clinic.id, serviceId: laser(), now, limit: 12 }));
const laser = () => present(clinic.services[3], 'the laser service, which one practitioner does').id;

/** A time that the desk holds for somebody, the n-th of the free ones. */
async function hold(n = 0): Promise<Appointment> {
  const orgId = clinic.id;
  const person = await createTestPerson(server.owner, clinic);
  const time = present((await freeTimes())[n], 'a free time');
  return database.inTenant(orgId, async (tx) => {
    const [offer] = await recordOffers(tx, { orgId, ...person, serviceId: laser(), times: [time], now });
    const offerId = present(offer, 'the offer').id;
    const held = await holdOfferedTime(tx, { orgId, ...person, offerId, causeKey: newId(), now, holdFor });
    if (held.kind !== 'held') throw new Error(held.kind);
    return held.appointment;
  });
}

async function book(n = 0): Promise<Appointment> {
  const appointment = await hold(n);
  await database.inTenant(clinic.id, (tx) => confirmAppointment(tx, { appointment, now }));
  return appointment;
}

/** Instants as strings: Jest finds all instants equal. */
const inWords = ({ startsAt, endsAt, state }: Appointment) => ({
  state,
  from: String(startsAt),
  until: String(endsAt),
});
const look = async (id: string) =>
  inWords(present(await database.inTenant(clinic.id, (tx) => appointmentById(tx, clinic.id, id)), 'the visit'));
const firstFree = async () => String((await freeTimes())[0]?.startsAt);
const cancel = (id: string) => database.inTenant(clinic.id, (tx) => cancelAppointment(tx, { orgId: clinic.id, id }));
const move = (id: string, startsAt: Temporal.Instant, at = now) =>
  database.inTenant(clinic.id, (tx) => moveAppointment(tx, { orgId: clinic.id, id, startsAt, now: at }));

describe('a visit that is cancelled', () => {
  it('frees its time, once', async () => {
    const visit = await book();
    expect(await firstFree()).not.toBe(String(visit.startsAt));
    expect([await cancel(visit.id), await cancel(visit.id)]).toEqual([true, false]);
    expect(await look(visit.id)).toMatchObject({ state: 'cancelled' });
    expect(await firstFree()).toBe(String(visit.startsAt));
  });

  it('was confirmed: a hold ends in its own way', async () => {
    const held = await hold();
    expect(await cancel(held.id)).toBe(false);
    expect(await look(held.id)).toMatchObject({ state: 'held' });
  });
});

describe('a visit that is moved', () => {
  it('keeps its length and leaves its old time to others', async () => {
    const visit = await book();
    const to = present((await freeTimes())[3], 'a free time').startsAt;
    const moved = await move(visit.id, to);
    expect(moved.kind === 'moved' && inWords(moved.appointment)).toEqual(await look(visit.id));
    expect(await look(visit.id)).toEqual({
      state: 'confirmed',
      from: String(to),
      until: String(to.add(visit.startsAt.until(visit.endsAt))),
    });
    expect(await firstFree()).toBe(String(visit.startsAt));
  });

  it('is not in its own way', async () => {
    const visit = await book();
    // Half its length later: the two stretches overlap.
    const to = visit.startsAt.add({ minutes: 15 });
    expect(await move(visit.id, to)).toMatchObject({ kind: 'moved' });
    expect(await look(visit.id)).toMatchObject({ from: String(to) });
  });

  it.each([
    ['where another visit is', async () => (await book(2)).startsAt, 'taken'],
    ['where a time is held', async () => (await hold(2)).startsAt, 'taken'],
    ['where nobody works', async () => Temporal.Instant.from('2026-11-24T09:00:00Z'), 'taken'],
    ['into the past', async () => now.subtract({ hours: 1 }), 'past'],
  ] as const)('stays where it is instead of going %s', async (_where, to, kind) => {
    const visit = await book();
    expect(await move(visit.id, await to())).toEqual({ kind });
    expect(await look(visit.id)).toEqual({ ...inWords(visit), state: 'confirmed' });
  });

  it('may have the time of a hold that ran out', async () => {
    const visit = await book();
    const { startsAt } = await hold(2);
    expect(await move(visit.id, startsAt, now.add({ minutes: 15 }))).toMatchObject({ kind: 'moved' });
  });

  it('was confirmed, and is not cancelled', async () => {
    const visit = await book();
    const to = present((await freeTimes())[3], 'a free time').startsAt;
    await cancel(visit.id);
    expect(await move(visit.id, to)).toEqual({ kind: 'not-confirmed' });
    expect(await move(newId(), to)).toEqual({ kind: 'not-confirmed' });
  });

  it('and somebody else who goes for one time at one moment do not both get it', async () => {
    const visits = [await book(0), await book(1)] as const;
    const to = present((await freeTimes())[4], 'a free time').startsAt;
    const race = await Promise.allSettled(visits.map(({ id }) => move(id, to)));
    const won = race.filter((each) => each.status === 'fulfilled' && each.value.kind === 'moved');
    expect(won).toHaveLength(1);
  });
});
