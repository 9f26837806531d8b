import { AppointmentChangedV1, DepositChangedV1, type EventDefinition } from '@frontdesk/contracts';
import { recordInInbox, type Database, type PrismaDatabase, type PrismaTransaction } from '@frontdesk/db';
import { newId, nullLogger, present, type Id } from '@frontdesk/kernel';
import type { PaymentLinks } from '@frontdesk/payments';
import type { Handler } from '@frontdesk/queue';
import { findFreeTimes, holdOfferedTime, recordOffers } from '@frontdesk/scheduling/postgres';
import {
  type createTestClinic,
  createTestPerson,
  testTokenKeys,
  type TestDatabase,
  type TestPerson,
} from '@frontdesk/testkit';
import { makeDesk } from '../src/booking/make-desk.ts';
import { onBookingRequested } from '../src/handlers/booking-requested.ts';
import { onSquarePaymentReported } from '../src/handlers/square-payment-reported.ts';
import { makeSweep } from '../src/jobs/sweep-due-rows.ts';
import { createEnvelope } from './envelope.ts';

export type Clinic = Awaited<ReturnType<typeof createTestClinic>>;

/** A Monday, 8:00 in the clinic's zone. */
export const monday8 = Temporal.Instant.from('2026-11-23T15:00:00Z');
const holdFor = Temporal.Duration.from({ minutes: 15 });

/** The service over a real Postgres with a clock that the test sets, and Square as the test gives it. */
export function openDesk(server: TestDatabase, links: PaymentLinks) {
  const clock = { now: monday8 };
  const armed: { kind: string; id: Id; at: Temporal.Instant }[] = [];
  const { payments: database } = openOnce(server);
  const desk = makeDesk({
    database,
    links,
    tokenKeys: testTokenKeys,
    alarmsWith: () => ({
      arm: async (kind, { id }, at) => void armed.push({ kind, id, at }),
      start: async () => {},
      stop: async () => {},
    }),
    clock: () => clock.now,
    random: () => 0.999,
    logger: nullLogger,
    settings: {
      holdFor,
      linkDelayNotice: Temporal.Duration.from({ minutes: 1 }),
      attemptLease: Temporal.Duration.from({ seconds: 30 }),
    },
  });
  const handlers = [onBookingRequested(desk, desk.makeLink), onSquarePaymentReported(desk)];
  return {
    ...desk,
    database,
    armed,
    sweep: makeSweep(desk),
    at: (moment: Temporal.Instant) => (clock.now = moment),
    now: () => clock.now,
    pass: (duration: Temporal.DurationLike) => (clock.now = clock.now.add(duration)),
    deliver: <Data>(definition: EventDefinition<string, Data>, orgId: Id, data: Data, eventId: Id = newId()) =>
      deliver(database, handlers, { definition, orgId, data, eventId }),
  };
}
export type TestDesk = ReturnType<typeof openDesk>;

const opened = new WeakMap<TestDatabase, { payments: PrismaDatabase; conversations: Database }>();

/** Connections are slow to open; the cases of a file share them. */
function openOnce(server: TestDatabase) {
  const known = opened.get(server) ?? {
    payments: server.prismaAs('frontdesk_payments'),
    conversations: server.as('frontdesk_conversation_worker'),
  };
  opened.set(server, known);
  return known;
}

/** What the queue does with one message: the handler runs, and its transaction remembers the event. */
async function deliver<Data>(
  database: PrismaDatabase,
  handlers: readonly Handler<PrismaTransaction>[],
  {
    definition,
    orgId,
    data,
    eventId,
  }: { definition: EventDefinition<string, Data>; orgId: Id; data: Data; eventId: Id },
): Promise<void> {
  const handler = present(
    handlers.find(({ type }) => type === definition.type),
    'a handler of the event',
  );
  await handler.run(createEnvelope(definition, { orgId, data, eventId }), (work) =>
    database.inTenant(orgId, async (tx) =>
      (await recordInInbox(tx, { consumer: 'payments', eventId, orgId })) ? work(tx) : null,
    ),
  );
}

/** Somebody whom the desk holds a time for, as the conversation worker does. */
export async function holdTime(
  server: TestDatabase,
  clinic: Clinic,
  { now = monday8, service = 3, startsAt, person }: HoldOptions = {},
): Promise<{ appointmentId: Id; person: TestPerson; startsAt: Temporal.Instant }> {
  const { conversations: database } = openOnce(server);
  const who = person ?? (await createTestPerson(server.owner, clinic));
  const orgId = clinic.id;
  const serviceId = present(clinic.services[service], 'the service').id;
  const isLater = (start: Temporal.Instant) => Temporal.Instant.compare(start, now.add({ hours: 3 })) >= 0;
  const held = await database.inTenant(orgId, async (tx) => {
    const free = await findFreeTimes(tx, { orgId, serviceId, now, limit: 100 });
    const time = present(
      free.find((f) => (startsAt === undefined ? isLater(f.startsAt) : f.startsAt.equals(startsAt))),
      'a free time',
    );
    const [offer] = await recordOffers(tx, { ...who, orgId, serviceId, times: [time], now });
    const offerId = present(offer, 'the offer').id;
    return holdOfferedTime(tx, { ...who, orgId, offerId, causeKey: newId(), now, holdFor });
  });
  if (held.kind !== 'held') throw new Error(`the time is ${held.kind}`);
  return { appointmentId: held.appointment.id, person: who, startsAt: held.appointment.startsAt };
}
type HoldOptions = {
  now?: Temporal.Instant;
  /** Which service of the clinic; the laser visit, which one practitioner does, when left out. */
  service?: number;
  startsAt?: Temporal.Instant;
  person?: TestPerson;
};

/** What stands in the database about one visit, and what was said because of it. */
export async function lookAt({ owner }: TestDatabase, orgId: Id, appointmentId: Id) {
  const all = async <Row extends object>(sql: string, ...values: string[]) =>
    (await owner.query<Row>(sql, [orgId, ...values])).rows;
  const [appointment] = await all<{ state: string; hold_expires_at: Date | null; contact_id: Id }>(
    'select * from appointments where org_id = $1 and id = $2',
    appointmentId,
  );
  const { state, hold_expires_at, contact_id } = present(appointment, 'the appointment');
  const [deposit] = await all<{ id: Id; state: string; square_payment_id: string | null; attempts: number }>(
    'select * from deposits where org_id = $1 and appointment_id = $2',
    appointmentId,
  );
  const texts = await all<{
    kind: string;
    body: string;
    contact_id: Id | null;
    template_values: Record<string, string>;
  }>(
    `select kind, body, contact_id, template_values from outbound_messages
     where org_id = $1 and (contact_id = $2 or contact_id is null) order by seq`,
    contact_id,
  );
  const ledger = await all<{ square_payment_id: string; amount_cents: number }>(
    `select l.* from ledger_entries l join deposits d on d.org_id = l.org_id and d.id = l.deposit_id
     where l.org_id = $1 and d.appointment_id = $2 order by square_payment_id`,
    appointmentId,
  );
  // What waits to be published, and what was; ids sort by time.
  const events = await all<{ envelope: { type: string; data: { status?: string; state?: string } } }>(
    `select envelope from (select org_id, envelope from outbox union all select org_id, envelope from event_log) e
     where org_id = $1 and envelope->>'type' in ($2, $3) and envelope->'data'->>'appointmentId' = $4
     order by envelope->>'id'`,
    DepositChangedV1.type,
    AppointmentChangedV1.type,
    appointmentId,
  );
  return {
    appointment: state,
    holdExpiresAt: hold_expires_at === null ? null : Temporal.Instant.fromEpochMilliseconds(hold_expires_at.getTime()),
    deposit: deposit?.state ?? null,
    depositId: deposit?.id ?? null,
    attempts: deposit?.attempts ?? 0,
    paymentId: deposit?.square_payment_id ?? null,
    patientTexts: texts.filter((text) => text.contact_id !== null),
    patientKinds: texts.filter((text) => text.contact_id !== null).map(({ kind }) => kind),
    staffKinds: texts.filter((text) => text.contact_id === null).map(({ kind }) => kind),
    captured: ledger.map(({ square_payment_id, amount_cents }) => [square_payment_id, amount_cents]),
    tasks: (
      await all<{ kind: string }>(
        'select kind from staff_tasks where org_id = $1 and appointment_id = $2 order by created_at, kind',
        appointmentId,
      )
    ).map(({ kind }) => kind),
    announced: events.flatMap(({ envelope }) => envelope.data.status ?? []),
    /** What the reminders of the visit hear of. */
    visitChanges: events.flatMap(({ envelope }) => envelope.data.state ?? []),
  };
}
