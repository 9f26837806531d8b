import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppointmentChangedV1 } from '@frontdesk/contracts';
import { inTenants } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { until, type TestPerson } from '@frontdesk/testkit';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await write("update organizations set reminder_minutes = '{60}' where id = $1");
});
afterAll(() => desk.close());

const write = (sql: string, ...values: unknown[]) =>
  inTenants(desk.server.owner, [desk.clinic.id], (client) => client.query(sql, [desk.clinic.id, ...values]));

/** Somebody for whom it is about noon, so that reminders may leave. */
const personAtNoon = async () => movedTo(12, await desk.person());

/** The person is now where it is about that hour, at most 23. */
async function movedTo(hour: number, person: TestPerson): Promise<TestPerson> {
  const hours = hour - new Date().getUTCHours();
  const ahead = hours < -11 ? hours + 24 : hours > 12 ? hours - 24 : hours;
  // The names count west of Greenwich.
  const zone = ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  await write('update contacts set time_zone = $3 where org_id = $1 and id = $2', person.contactId, zone);
  return person;
}

let visits = 0;

/** A visit whose reminder is due `seconds` from now; nobody has heard of it. */
async function visitRemindedIn(seconds: number, { contactId, conversationId }: TestPerson) {
  const id = newId();
  const startsAt = new Date(Date.now() + 3_600_000 + seconds * 1_000);
  const practitioner = desk.clinic.practitioners[visits++ % desk.clinic.practitioners.length];
  await write(
    `insert into appointments (org_id, id, location_id, practitioner_id, service_id, contact_id, conversation_id, starts_at,
       ends_at, state, cause_key, confirmed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8::timestamptz + interval '1 second', 'confirmed', $9, now() - interval '3 days')`,
    id,
    desk.clinic.location.id,
    practitioner?.id,
    desk.clinic.services[0]?.id,
    contactId,
    conversationId,
    startsAt,
    `test:${id}`,
  );
  return { appointmentId: id, contactId, state: 'confirmed' as const, startsAt: startsAt.toISOString() };
}

const stateOf = async (appointmentId: Id) => {
  const { rows } = await desk.server.owner.query<{ state: string }>(
    'select state from scheduled_texts where appointment_id = $1',
    [appointmentId],
  );
  return rows[0]?.state;
};

describe.each([
  ['with alarms', {}, {}],
  ['with sweeps alone', { SWEEP_EVERY_MS: '100' }, { alarms: 'off' }],
] as const)('a reminder, %s', (_how, change, switches) => {
  it('reaches the person once, however often its visit is announced', async () => {
    const person = await personAtNoon();
    const visit = await visitRemindedIn(1, person);
    await desk.withWorker(
      async () => {
        desk.deliverTimes(3, AppointmentChangedV1, visit);
        await until('the reminder', () => desk.received(person).length > 0);
        desk.deliverTimes(1, AppointmentChangedV1, visit);
        await until('an empty queue', desk.queueIsEmpty);
      },
      change,
      switches,
    );
    expect(desk.received(person)).toEqual([
      expect.stringMatching(/^Reminder from Radiance Medspa: your injectable visit/),
    ]);
    expect(await stateOf(visit.appointmentId)).toBe('asked');
  });
});

describe('a reminder that is armed', () => {
  it('never leaves once its visit was cancelled, even when nobody heard of that', async () => {
    const [person, other] = [await personAtNoon(), await personAtNoon()];
    const [visit, kept] = [await visitRemindedIn(3_600, person), await visitRemindedIn(3_600, other)];
    await desk.withWorker(
      async () => {
        for (const each of [visit, kept]) {
          desk.deliverTimes(1, AppointmentChangedV1, each);
          await until('a reminder that is armed', async () => (await stateOf(each.appointmentId)) === 'scheduled');
        }
        await write("update appointments set state = 'cancelled' where org_id = $1 and id = $2", visit.appointmentId);
        await write("update scheduled_texts set due_at = now() where org_id = $1 and state = 'scheduled'");
        await until('the reminder of the other visit', () => desk.received(other).length > 0);
        await until('the end of the row', async () => (await stateOf(visit.appointmentId)) === 'cancelled');
      },
      { SWEEP_EVERY_MS: '100' },
    );
    expect(desk.received(person)).toEqual([]);
  });
});

describe('a follow-up on an offer that waits for the morning', () => {
  const followUpOn = async ({ contactId, conversationId }: TestPerson) => {
    const id = newId();
    await write(
      `insert into scheduled_texts (org_id, id, kind, contact_id, conversation_id, offered_at, due_at, expires_at, cause_key,
         created_at, state_at)
       values ($1, $2, 'offer-follow-up', $3, $4, now() - interval '3 hours', now() - interval '1 second',
         now() + interval '12 hours', gen_random_uuid(), now(), now())`,
      id,
      contactId,
      conversationId,
    );
  };
  const textOf = async ({ contactId }: TestPerson) => {
    const { rows } = await desk.server.owner.query<{ state: string; reason: string | null; waits: boolean }>(
      `select state, reason, next_attempt_at > now() + interval '10 minutes' as waits from outbound_messages where contact_id = $1`,
      [contactId],
    );
    return rows[0];
  };

  it('leaves unless the person has a visit, talks with the team or wrote by then', async () => {
    const atNight = async () => movedTo(2, await desk.person());
    const [silent, booked, handedOver, wrote] = [await atNight(), await atNight(), await atNight(), await atNight()];
    const people = [silent, booked, handedOver, wrote];
    await desk.withWorker(
      async () => {
        for (const person of people) await followUpOn(person);
        for (const person of people) {
          await until('a text that waits', async () => (await textOf(person))?.waits === true);
        }
        await visitRemindedIn(3_600, booked);
        await write(
          "update conversations set state = 'handed_off' where org_id = $1 and id = $2",
          handedOver.conversationId,
        );
        await write(
          `insert into inbound_messages (org_id, id, conversation_id, from_number, to_number, body, digest, provider,
             provider_message_id, received_at)
           values ($1, $2, $3, $4, $5, 'Hello?', '', 'telnyx', gen_random_uuid(), now())`,
          newId(),
          wrote.conversationId,
          wrote.phone,
          desk.clinic.location.number,
        );
        for (const person of people) await movedTo(12, person);
        await write("update outbound_messages set next_attempt_at = now() where org_id = $1 and state = 'queued'");
        for (const person of people.slice(1)) {
          await until('the end of the text', async () => (await textOf(person))?.state === 'suppressed');
        }
        await until('the follow-up', () => desk.received(silent).length > 0);
      },
      { SWEEP_EVERY_MS: '100' },
    );
    const reasons = await Promise.all(
      [booked, handedOver, wrote].map(async (person) => (await textOf(person))?.reason),
    );
    const settled = 'the person has a visit, or the team talks with them';
    expect(reasons).toEqual([settled, settled, 'the person wrote before it could leave']);
    const { rows: tasks } = await desk.server.owner.query("select from staff_tasks where kind = 'text-failed'");
    expect(tasks).toEqual([]);
  });
});
