import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantDatabase } from '@frontdesk/db';
import { newId, present } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, createTestPerson, type TestDatabase } from '@frontdesk/testkit';
import type { Offer } from '../appointment.ts';
import {
  appointmentById,
  confirmAppointment,
  currentOffers,
  expireHold,
  extendHold,
  findFreeTimes,
  holdOfferedTime,
  liveAppointment,
  recordOffers,
} from './index.ts';

// A Monday, 8:00 in the clinic's zone.
const now = Temporal.Instant.from('2026-11-23T15:00:00Z');
const holdFor = Temporal.Duration.from({ minutes: 15 });
const later = (minutes: number) => now.add({ minutes });

let server: TestDatabase;
beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server.close());

type Scene = Awaited<ReturnType<typeof scene>>;

/** A clinic with one practitioner for the service, and two people in conversation with it. */
async function scene() {
  const clinic = await createTestClinic(server.owner);
  const service = present(clinic.services[3], 'the laser service, which one practitioner does');
  const people = [await createTestPerson(server.owner, clinic), await createTestPerson(server.owner, clinic)] as const;
  const offerTo = async (database: TenantDatabase, who: (typeof people)[number], at = now): Promise<Offer[]> =>
    database.inTenant(clinic.id, async (tx) => {
      const times = await findFreeTimes(tx, { orgId: clinic.id, serviceId: service.id, now: at, limit: 6 });
      return recordOffers(tx, { ...who, orgId: clinic.id, serviceId: service.id, times, now: at });
    });
  return { clinic, orgId: clinic.id, serviceId: service.id, people, offerTo };
}

describe.each([
  ['plain', () => server.as('frontdesk_conversation_worker')],
  ['Prisma', () => server.prismaAs('frontdesk_conversation_worker')],
] as const)('holding a time in a %s transaction', (_, open) => {
  let database: TenantDatabase;
  let stage: Scene;
  let offers: Offer[];
  beforeAll(async () => {
    database = open();
    stage = await scene();
    offers = await stage.offerTo(database, stage.people[0]);
  });
  const hold = (offer: Offer | undefined, options: { who?: 0 | 1; at?: Temporal.Instant; causeKey?: string } = {}) => {
    const { who = 0, at = now, causeKey = newId() } = options;
    return database.inTenant(stage.orgId, (tx) =>
      holdOfferedTime(tx, {
        orgId: stage.orgId,
        ...stage.people[who],
        offerId: present(offer, 'the offer').id,
        causeKey,
        now: at,
        holdFor,
      }),
    );
  };

  it('offers a few times over several days, and remembers the latest set alone', async () => {
    expect(offers).toHaveLength(6);
    expect(new Set(offers.map(({ startsAt }) => startsAt.toString().slice(0, 10))).size).toBe(3);
    const again = await stage.offerTo(database, stage.people[0], later(1));
    const current = await database.inTenant(stage.orgId, (tx) =>
      currentOffers(tx, { orgId: stage.orgId, conversationId: stage.people[0].conversationId, now: later(1) }),
    );
    expect(current.map(({ id }) => id)).toEqual(again.map(({ id }) => id));
    expect(current).toEqual(again);
  });

  it('holds an offered time once per cause', async () => {
    const first = await hold(offers[0], { causeKey: 'turn-1' });
    expect(first).toMatchObject({ kind: 'held', appointment: { state: 'held', holdExpiresAt: later(15) } });
    expect(await hold(offers[0], { causeKey: 'turn-1' })).toEqual(first);
    const live = await database.inTenant(stage.orgId, (tx) =>
      liveAppointment(tx, { orgId: stage.orgId, contactId: stage.people[0].contactId, now }),
    );
    expect(live).toEqual(first.kind === 'held' ? first.appointment : null);
  });

  it('tells a second person that the time is taken, and offers it to nobody', async () => {
    const taken = offers[0];
    const theirs = await stage.offerTo(database, stage.people[1]);
    expect(theirs.map(({ startsAt }) => startsAt.toString())).not.toContain(taken?.startsAt.toString());
    const sameTime = await offerExactly(database, stage, present(taken, 'a taken offer'));
    expect(await hold(sameTime, { who: 1 })).toEqual({ kind: 'taken' });
  });

  it('knows only what was offered in this conversation', async () => {
    expect(await hold(offers[1], { who: 1 })).toEqual({ kind: 'unknown-offer' });
  });

  it('holds nothing that has begun', async () => {
    expect(await hold(offers[0], { at: present(offers[0], 'an offer').startsAt, causeKey: 'late' })).toEqual({
      kind: 'past',
    });
  });

  it('gives up the older hold for a new one, but keeps it when the new one is taken', async () => {
    const theirs = await offerExactly(database, stage, present(offers[2], 'an offer'));
    expect(await hold(theirs, { who: 1 })).toMatchObject({ kind: 'held' });
    expect(await hold(offers[2])).toEqual({ kind: 'taken' });
    const before = await live(database, stage, 0);
    expect(before).toMatchObject({ state: 'held', startsAt: offers[0]?.startsAt });
    expect(await hold(offers[3])).toMatchObject({ kind: 'held' });
    expect(await live(database, stage, 0)).toMatchObject({ startsAt: offers[3]?.startsAt });
    const given = await database.inTenant(stage.orgId, (tx) =>
      appointmentById(tx, stage.orgId, present(before, 'the older hold').id),
    );
    expect(given).toMatchObject({ state: 'cancelled', holdExpiresAt: now });
  });

  it('lets a hold that ran out make way, and no sooner', async () => {
    const theirs = await offerExactly(database, stage, present(offers[3], 'an offer'));
    expect(await hold(theirs, { who: 1, at: later(14) })).toEqual({ kind: 'taken' });
    expect(await hold(theirs, { who: 1, at: later(15) })).toMatchObject({ kind: 'held' });
  });
});

describe('twenty people who want one time at one moment', () => {
  it('lets exactly one have it and tells the others, who can go on in their transactions', async () => {
    const stage = await scene();
    const { orgId, serviceId, clinic } = stage;
    const databases = [server.as('frontdesk_conversation_worker'), server.as('frontdesk_conversation_worker')];
    const [time] = await stage.offerTo(present(databases[0], 'a database'), stage.people[0]);
    const race = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const person = await createTestPerson(server.owner, clinic);
        const database = present(databases[n % 2], 'a database');
        return database.inTenant(orgId, async (tx) => {
          const [offer] = await recordOffers(tx, {
            orgId,
            serviceId,
            ...person,
            times: [present(time, 'a free time')],
            now,
          });
          const outcome = await holdOfferedTime(tx, {
            orgId,
            ...person,
            offerId: present(offer, 'the offer').id,
            causeKey: newId(),
            now,
            holdFor,
          });
          await tx.$queryRaw`select 1`;
          return outcome.kind;
        });
      }),
    );
    expect(race.toSorted()).toEqual(['held', ...Array.from({ length: 19 }, () => 'taken')]);
  });
});

describe('the end of a hold', () => {
  it('confirms a held visit; an expired one only while its time is free', async () => {
    const conversations = server.as('frontdesk_conversation_worker');
    const payments = server.prismaAs('frontdesk_payments');
    const stage = await scene();
    const [offer] = await stage.offerTo(conversations, stage.people[0]);
    const { orgId } = stage;
    const held = await conversations.inTenant(orgId, (tx) =>
      holdOfferedTime(tx, {
        orgId,
        ...stage.people[0],
        offerId: present(offer, 'offer').id,
        causeKey: 'a',
        now,
        holdFor,
      }),
    );
    if (held.kind !== 'held') throw new Error('not held');
    const { id } = held.appointment;
    const inPayments = <T>(work: Parameters<typeof payments.inTenant<T>>[1]) => payments.inTenant(orgId, work);
    const reload = () => inPayments(async (tx) => present(await appointmentById(tx, orgId, id), 'the visit'));

    expect(await inPayments((tx) => extendHold(tx, { orgId, id, until: later(20) }))).toBe(true);
    expect((await reload()).holdExpiresAt).toEqual(later(20));
    expect(await inPayments((tx) => expireHold(tx, { orgId, id }))).toBe(true);
    expect(await inPayments((tx) => expireHold(tx, { orgId, id }))).toBe(false);
    expect(await reload()).toMatchObject({ state: 'expired', holdExpiresAt: null });

    const rivals = await offerExactly(conversations, stage, present(offer, 'offer'));
    const rival = await conversations.inTenant(orgId, (tx) =>
      holdOfferedTime(tx, { orgId, ...stage.people[1], offerId: rivals.id, causeKey: 'b', now: later(21), holdFor }),
    );
    expect(rival.kind).toBe('held');
    const expired = await reload();
    expect(await inPayments((tx) => confirmAppointment(tx, { appointment: expired, now: later(22) }))).toBe(false);
    // The rival's hold runs out, unpaid: the late payer may have the time after all.
    expect(await inPayments((tx) => confirmAppointment(tx, { appointment: expired, now: later(36) }))).toBe(true);
    expect(await reload()).toMatchObject({ state: 'confirmed', holdExpiresAt: null });
  });
});

function live(database: TenantDatabase, { orgId, people }: Scene, who: 0 | 1) {
  return database.inTenant(orgId, (tx) => liveAppointment(tx, { orgId, contactId: people[who].contactId, now }));
}

/** Offers the second person the very time that the first was offered, as two turns at one moment would. */
async function offerExactly(database: TenantDatabase, stage: Scene, offered: Offer): Promise<Offer> {
  const { practitionerId, practitionerName, startsAt, endsAt } = offered;
  const time = { practitionerId, practitionerName, startsAt, endsAt };
  const { orgId, serviceId, people } = stage;
  const [offer] = await database.inTenant(orgId, (tx) =>
    recordOffers(tx, { orgId, serviceId, conversationId: people[1].conversationId, times: [time], now }),
  );
  return present(offer, 'the offer');
}
