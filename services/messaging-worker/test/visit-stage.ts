import { AppointmentChangedV1, TimesOfferedV1, type Envelope, type EventDefinition } from '@frontdesk/contracts';
import {
  createOwnerDatabase,
  inTenants,
  outboxRow,
  recordInInbox,
  toDate,
  toInstant,
  type TenantTransaction,
} from '@frontdesk/db';
import { newId, nullLogger, present, type Id } from '@frontdesk/kernel';
import type { Appointment } from '@frontdesk/scheduling';
import {
  appointmentById,
  confirmAppointment,
  findFreeTimes,
  holdOfferedTime,
  recordOffers,
} from '@frontdesk/scheduling/postgres';
import { createTestClinic, createTestDatabase, createTestPerson, type TestPerson } from '@frontdesk/testkit';
import { onAppointmentChanged } from '../src/handlers/appointment-changed.ts';
import { onTimesOffered } from '../src/handlers/times-offered.ts';
import { makeSendScheduledText, makeSendScheduledTexts } from '../src/jobs/send-scheduled-texts.ts';

/** A Monday, 8:00 in the clinic's zone. */
const monday8 = Temporal.Instant.from('2026-11-23T15:00:00Z');

type Clinic = Awaited<ReturnType<typeof createTestClinic>>;
export type Visit = { id: Id; startsAt: Temporal.Instant; person: TestPerson };
export type VisitStage = Awaited<ReturnType<typeof openVisitStage>>;

/** The worker's part in reminders and follow-ups over a real Postgres, with a clock that the test sets. */
export async function openVisitStage() {
  const server = await createTestDatabase();
  const database = server.as('frontdesk_messaging_worker');
  const owner = createOwnerDatabase({ url: server.adminUrl });
  const state = { now: monday8, clinic: await createTestClinic(server.owner) };
  const clock = () => state.now;
  const armed: { id: Id; at: Temporal.Instant }[] = [];
  const arm = async (_orgId: Id, rows: readonly { id: Id; dueAt: Temporal.Instant }[] | null) => {
    armed.push(...(rows ?? []).map(({ id, dueAt }) => ({ id, at: dueAt })));
  };
  const handlers = [onAppointmentChanged({ clock, arm }), onTimesOffered({ clock, arm })];
  const sendScheduledText = makeSendScheduledText({ database, clock });
  const grace = Temporal.Duration.from({ seconds: 0 });
  const inClinic = <T>(work: (tx: TenantTransaction) => Promise<T>) => owner.inTenant(state.clinic.id, work);
  const query = async <Row extends object>(sql: string, ...values: unknown[]) =>
    (await server.owner.query<Row>(sql, [state.clinic.id, ...values])).rows;

  return {
    server,
    database,
    armed,
    inClinic,
    clinic: () => state.clinic,
    now: clock,
    at: (moment: Temporal.Instant) => (state.now = moment),
    /** From here on another clinic, on the same Monday. */
    async fresh(change: Partial<Clinic> = {}) {
      state.now = monday8;
      armed.length = 0;
      state.clinic = await createTestClinic(server.owner, change);
    },
    person: () => createTestPerson(server.owner, state.clinic),
    sendOne: (id: Id) => sendScheduledText({ orgId: state.clinic.id, id }),
    sweep: makeSendScheduledTexts({ database, sendScheduledText, clock, logger: nullLogger, grace }),
    /** A confirmed visit at the first free time after `after`. Nobody has heard of it yet. */
    async book(after: Temporal.DurationLike, options: { person?: TestPerson } = {}): Promise<Visit> {
      const person = options.person ?? (await createTestPerson(server.owner, state.clinic));
      const visit = await inClinic((tx) => bookFirstTime(tx, state, person, state.now.add(after)));
      return { id: visit.id, startsAt: visit.startsAt, person };
    },
    /** Free times of the visit's practitioner, none of them before `after`. */
    freeTimes: (visit: Visit, after: Temporal.DurationLike) =>
      inClinic(async (tx) => {
        const { serviceId, practitionerId } = present(
          await appointmentById(tx, state.clinic.id, visit.id),
          'the visit',
        );
        const query = { orgId: state.clinic.id, serviceId, now: state.now.add(after), limit: 20 };
        const free = await findFreeTimes(tx, query);
        return free.filter((time) => time.practitionerId === practitionerId).map(({ startsAt }) => startsAt);
      }),
    /** What whoever changed a visit appends to the outbox. */
    changed: (visit: Visit, what: 'confirmed' | 'moved' | 'cancelled', eventId = newId()) =>
      envelopeOf(AppointmentChangedV1, state, eventId, {
        appointmentId: visit.id,
        contactId: visit.person.contactId,
        state: what,
        startsAt: visit.startsAt.toString(),
      }),
    offered: ({ conversationId }: TestPerson, eventId = newId()) =>
      envelopeOf(TimesOfferedV1, state, eventId, { conversationId }),
    /** What the queue does with one message: the handler runs, and its transaction remembers the event. */
    async deliver(envelope: Envelope): Promise<void> {
      const handler = present(
        handlers.find(({ type }) => type === envelope.type),
        'a handler of the event',
      );
      const { orgId, id: eventId } = envelope;
      await handler.run(envelope, (work) =>
        database.inTenant(orgId, async (tx) =>
          (await recordInInbox(tx, { consumer: 'messaging-worker', eventId, orgId })) ? work(tx) : null,
        ),
      );
    },
    async scheduled(person: TestPerson) {
      const rows = await query<{ id: Id; kind: string; state: string; reason: string | null; due_at: Date }>(
        `select id, kind, state, reason, due_at from scheduled_texts where org_id = $1 and contact_id = $2
         order by due_at, created_at`,
        person.contactId,
      );
      return rows.map(({ due_at, ...row }) => ({ ...row, dueAt: toInstant(due_at) }));
    },
    /** What was asked for this person, oldest first. */
    async texts(person: TestPerson) {
      return query<{ kind: string; class: string; body: string; state: string; expires_at: Date | null }>(
        `select kind, class, body, state, expires_at from outbound_messages
         where org_id = $1 and contact_id = $2 order by seq`,
        person.contactId,
      );
    },
    /** Offers the person times, as a turn does. */
    offer: (person: TestPerson) =>
      inClinic(async (tx) => {
        const orgId = state.clinic.id;
        const serviceId = present(state.clinic.services[3], 'the service').id;
        const times = await findFreeTimes(tx, { orgId, serviceId, now: state.now, limit: 3 });
        await recordOffers(tx, { orgId, ...person, serviceId, times, now: state.now });
      }),
    /** The person writes, at the moment of the clock. */
    hear: ({ conversationId, phone }: TestPerson) =>
      write(
        `insert into inbound_messages (org_id, id, conversation_id, from_number, to_number, body, digest, provider,
           provider_message_id, received_at, created_at)
         values ($1, $2, $3, $4, $5, 'Hello?', '', 'telnyx', $6, $7, $7)`,
        newId(),
        conversationId,
        phone,
        state.clinic.location.number,
        newId(),
        toDate(state.now),
      ),
    optOut: ({ phone }: TestPerson) =>
      write('insert into opt_outs (org_id, phone, opted_out_at) values ($1, $2, now())', phone),
    handOver: ({ conversationId }: TestPerson) =>
      write("update conversations set state = 'handed_off' where org_id = $1 and id = $2", conversationId),
    async close() {
      await owner.close();
      await server.close();
    },
  };

  /** Writes as the owner does, who sees one clinic at a time. */
  function write(sql: string, ...values: unknown[]): Promise<unknown> {
    return inTenants(server.owner, [state.clinic.id], (client) => client.query(sql, [state.clinic.id, ...values]));
  }
}

function envelopeOf<Data>(
  definition: EventDefinition<string, Data>,
  { clinic, now }: { clinic: Clinic; now: Temporal.Instant },
  id: Id,
  data: Data,
): Envelope {
  const event = { definition, orgId: clinic.id, data, occurredAt: now, correlationId: newId(), causationId: null };
  return { ...outboxRow(event).envelope, id };
}

async function bookFirstTime(
  tx: TenantTransaction,
  { clinic, now }: { clinic: Clinic; now: Temporal.Instant },
  person: TestPerson,
  after: Temporal.Instant,
): Promise<Appointment> {
  const orgId = clinic.id;
  const serviceId = present(clinic.services[3], 'the service').id;
  const [time] = await findFreeTimes(tx, { orgId, serviceId, now: after.subtract({ hours: 1 }), limit: 1 });
  const times = [present(time, 'a free time')];
  const [offer] = await recordOffers(tx, { orgId, ...person, serviceId, times, now });
  const offerId = present(offer, 'the offer').id;
  const holdFor = Temporal.Duration.from({ minutes: 15 });
  const held = await holdOfferedTime(tx, { orgId, ...person, offerId, causeKey: newId(), now, holdFor });
  if (held.kind !== 'held') throw new Error(`the time is ${held.kind}`);
  await confirmAppointment(tx, { appointment: held.appointment, now });
  return held.appointment;
}
