import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withEffectsWithheld } from '@frontdesk/kernel';
import { scheduleVisitTexts } from '@frontdesk/messaging/postgres';
import { cancelAppointment, moveAppointment } from '@frontdesk/scheduling/postgres';
import { until } from '@frontdesk/testkit';
import fc from 'fast-check';
import { openVisitStage, type Visit, type VisitStage } from './visit-stage.ts';

let stage: VisitStage;
beforeAll(async () => {
  stage = await openVisitStage();
});
beforeEach(() => stage.fresh());
afterAll(() => stage.close());

/** A visit three days ahead whose reminders are armed. */
async function bookedVisit(): Promise<Visit> {
  const visit = await stage.book({ hours: 72 });
  await stage.deliver(stage.changed(visit, 'confirmed'));
  return visit;
}

const move = async (visit: Visit, startsAt: Temporal.Instant): Promise<Visit> => {
  const orgId = stage.clinic().id;
  const moved = await stage.inClinic((tx) => moveAppointment(tx, { orgId, id: visit.id, startsAt, now: stage.now() }));
  expect(moved.kind).toBe('moved');
  return { ...visit, startsAt };
};
const cancel = (visit: Visit) =>
  stage.inClinic((tx) => cancelAppointment(tx, { orgId: stage.clinic().id, id: visit.id }));

const dueOf = async (visit: Visit) =>
  (await stage.scheduled(visit.person)).filter(({ state }) => state === 'scheduled').map(({ dueAt }) => String(dueAt));
const hoursBefore = ({ startsAt }: Visit, hours: number) => String(startsAt.subtract({ hours }));
const remindersOf = (visit: Visit) => [hoursBefore(visit, 24), hoursBefore(visit, 1)];
const oneWaits = async () => {
  const { rows } = await stage.server.owner.query("select from pg_locks where locktype = 'advisory' and not granted");
  return rows.length > 0;
};
const endsOf = async (visit: Visit) =>
  (await stage.scheduled(visit.person)).map(({ state, reason }) => (reason === null ? state : `${state}: ${reason}`));

describe('a visit that is confirmed', () => {
  it('has its reminders armed at the times that the clinic wants', async () => {
    const visit = await bookedVisit();
    expect(await dueOf(visit)).toEqual(remindersOf(visit));
    expect(stage.armed.map(({ at }) => String(at))).toEqual(remindersOf(visit));
  });

  it('has none where the clinic wants none', async () => {
    await stage.fresh({ reminders: [] });
    expect(await dueOf(await bookedVisit())).toEqual([]);
  });

  it('this afternoon has no reminder of a day ahead, but the one an hour before', async () => {
    const visit = await stage.book({ hours: 4 });
    await stage.deliver(stage.changed(visit, 'confirmed'));
    await stage.sweep();
    expect(await stage.texts(visit.person)).toEqual([]);
    expect(await dueOf(visit)).toEqual([hoursBefore(visit, 1)]);
  });
});

describe('a reminder that is due', () => {
  it('is asked for once, however often and by whomever it is found', async () => {
    const visit = await bookedVisit();
    stage.at(visit.startsAt.subtract({ hours: 24 }));
    const [{ id }] = stage.armed as [(typeof stage.armed)[number]]; // the first of the two that were armed
    await Promise.all([stage.sweep(), stage.sendOne(id), stage.sweep(), stage.sendOne(id)]);
    await stage.sweep();
    const texts = await stage.texts(visit.person);
    expect(texts).toMatchObject([{ kind: 'visit-reminder', class: 'reminder' }]);
    expect(texts[0]?.body).toMatch(/your laser visit is Thu, Nov 26 at 10:00 AM\. .*reply C or call/);
    expect(await endsOf(visit)).toEqual(['asked', 'scheduled']);
  });

  it('stands in the conversation, gives way to the next, and is bound to the time that it names', async () => {
    const visit = await bookedVisit();
    stage.at(visit.startsAt.subtract({ hours: 24 }));
    await stage.sweep();
    const { rows } = await stage.server.owner.query(
      `select conversation_id, appointment_id, appointment_starts_at, expires_at from outbound_messages
       where contact_id = $1`,
      [visit.person.contactId],
    );
    expect(rows).toEqual([
      {
        conversation_id: visit.person.conversationId,
        appointment_id: visit.id,
        appointment_starts_at: new Date(visit.startsAt.epochMilliseconds),
        expires_at: new Date(visit.startsAt.subtract({ hours: 1 }).epochMilliseconds),
      },
    ]);
  });

  it('does not leave before its time', async () => {
    const visit = await bookedVisit();
    stage.at(visit.startsAt.subtract({ hours: 24, minutes: 1 }));
    for (const { id } of stage.armed) await stage.sendOne(id);
    await stage.sweep();
    expect(await stage.texts(visit.person)).toEqual([]);
  });

  it('is dropped for a person who opted out', async () => {
    const visit = await bookedVisit();
    await stage.optOut(visit.person);
    stage.at(visit.startsAt.subtract({ hours: 24 }));
    await stage.sweep();
    expect(await stage.texts(visit.person)).toEqual([]);
    expect((await endsOf(visit))[0]).toBe('dropped: the person asked for no more texts');
  });

  it('is not sent for a visit that was cancelled before anybody announced it', async () => {
    const visit = await bookedVisit();
    await cancel(visit);
    stage.at(visit.startsAt.subtract({ hours: 24 }));
    await stage.sweep();
    expect(await stage.texts(visit.person)).toEqual([]);
    expect((await endsOf(visit))[0]).toBe('cancelled: the visit was cancelled or moved');
  });
});

describe('after an outage', () => {
  it.each([
    ['of some hours a reminder leaves late', { hours: 5 }, 1, ['asked', 'scheduled']],
    ['only the latest of the reminders of one visit leaves', { minutes: 40 }, 1, ['dropped', 'asked']],
    ['none leaves shortly before the visit', { minutes: 9 }, 0, ['dropped', 'dropped']],
    ['none leaves for a visit of the past', { hours: -30 }, 0, ['dropped', 'dropped']],
  ] as const)('%s', async (_what, before, texts, states) => {
    const visit = await bookedVisit();
    stage.at(visit.startsAt.subtract(before));
    await Promise.all([stage.sweep(), stage.sweep()]);
    expect(await stage.texts(visit.person)).toHaveLength(texts);
    expect((await stage.scheduled(visit.person)).map(({ state }) => state)).toEqual(states);
  });

  it('that kept the booking itself from being heard of, its reminders still leave', async () => {
    const visit = await stage.book({ hours: 72 });
    stage.at(visit.startsAt.subtract({ hours: 20 }));
    await stage.deliver(stage.changed(visit, 'confirmed'));
    await stage.sweep();
    expect(await stage.texts(visit.person)).toHaveLength(1);
    expect(await dueOf(visit)).toEqual([hoursBefore(visit, 1)]);
  });
});

describe('a visit that is moved', () => {
  it('has its reminders armed anew, and none for the time before', async () => {
    const visit = await bookedVisit();
    const [later] = await stage.freeTimes(visit, { hours: 120 });
    const moved = await move(visit, later as Temporal.Instant); // the diary of next week has free times
    await stage.deliver(stage.changed(moved, 'moved'));
    expect(await dueOf(moved)).toEqual(remindersOf(moved));
    stage.at(visit.startsAt);
    await stage.sweep();
    expect(await stage.texts(visit.person)).toEqual([]);
  });

  it('and back again is reminded of at the first time, once', async () => {
    const visit = await bookedVisit();
    const [later] = await stage.freeTimes(visit, { hours: 120 });
    await stage.deliver(stage.changed(await move(visit, later as Temporal.Instant), 'moved')); // as above
    await stage.deliver(stage.changed(await move(visit, visit.startsAt), 'moved'));
    expect(await dueOf(visit)).toEqual(remindersOf(visit));
    stage.at(visit.startsAt.subtract({ hours: 24 }));
    await stage.sweep();
    expect(await stage.texts(visit.person)).toHaveLength(1);
  });

  it('to the next hours has no reminder that would come at once', async () => {
    const visit = await bookedVisit();
    const [soon] = await stage.freeTimes(visit, { hours: 3 });
    const moved = await move(visit, soon as Temporal.Instant); // the diary of the day has free times
    await stage.deliver(stage.changed(moved, 'moved'));
    expect(await dueOf(moved)).toEqual([hoursBefore(moved, 1)]);
  });
});

describe('events of one visit', () => {
  it('end in the same reminders in any order and any number', async () => {
    const what = fc.array(
      fc.oneof({ weight: 1, arbitrary: fc.constant('cancel' as const) }, { weight: 4, arbitrary: fc.nat(1) }),
      { maxLength: 5 },
    );
    const order = fc.infiniteStream(fc.nat());
    await fc.assert(
      fc.asyncProperty(what, order, async (changes, random) => {
        const next = () => random.next().value as number; // endless
        let visit = await stage.book({ hours: 72 });
        const times = await stage.freeTimes(visit, { hours: 100 });
        const events = [stage.changed(visit, 'confirmed')];
        let cancelled = false;
        for (const change of changes) {
          if (change === 'cancel') {
            cancelled = (await cancel(visit)) || cancelled;
            events.push(stage.changed(visit, 'cancelled'));
          } else if (!cancelled) {
            visit = await move(visit, times[change] as Temporal.Instant); // there are twenty
            events.push(stage.changed(visit, 'moved'));
          }
          // Some are heard of while it goes on, all of them afterwards.
          for (const event of events) if (next() % 3 === 0) await stage.deliver(event);
        }
        const twice = [...events, ...events].map((event) => ({ event, at: next() }));
        for (const { event } of twice.toSorted((a, b) => a.at - b.at)) await stage.deliver(event);
        expect(await dueOf(visit)).toEqual(cancelled ? [] : remindersOf(visit));
        await cancel(visit);
      }),
      { numRuns: 25 },
    );
  });

  it('that come side by side leave what the visit is now', async () => {
    const visit = await bookedVisit();
    await cancel(visit);
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => stage.deliver(stage.changed(visit, n % 2 === 0 ? 'confirmed' : 'cancelled'))),
    );
    expect(await dueOf(visit)).toEqual([]);
  });

  it('that overlap leave what the visit is now, though the older one read it before', async () => {
    const visit = await stage.book({ hours: 72 });
    const orgId = stage.clinic().id;
    const older = Promise.withResolvers<void>();
    const planned = Promise.withResolvers<void>();
    const olderDone = stage.database.inTenant(orgId, async (tx) => {
      await scheduleVisitTexts(tx, { orgId, appointmentId: visit.id, causationId: null, now: stage.now() });
      planned.resolve();
      await older.promise;
    });
    await planned.promise;
    await cancel(visit);
    const newer = stage.deliver(stage.changed(visit, 'cancelled'));
    await Promise.race([newer, until('the newer one waits', oneWaits)]);
    older.resolve();
    await Promise.all([olderDone, newer]);
    expect(await dueOf(visit)).toEqual([]);
  });

  it('of a replay whose effects are withheld make nothing due', async () => {
    const visit = await stage.book({ hours: 72 });
    await withEffectsWithheld({ number: 1 }, () => stage.deliver(stage.changed(visit, 'confirmed')));
    expect(await stage.scheduled(visit.person)).toEqual([]);
    await stage.deliver(stage.changed(visit, 'confirmed'));
    expect(await dueOf(visit)).toEqual(remindersOf(visit));
  });
});
