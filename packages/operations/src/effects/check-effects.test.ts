import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OperatorDatabase } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, createTestPerson } from '@frontdesk/testkit';
import type { TestDatabase, TestPerson } from '@frontdesk/testkit';
import { checkEffects, checkLedger, describeBreach, lookThrough, type Look } from '../index.ts';

let database: TestDatabase;
let clinic: Awaited<ReturnType<typeof createTestClinic>>;
let other: typeof clinic;
let person: TestPerson;
let operators: OperatorDatabase;
let look: Look;
beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  other = await createTestClinic(database.owner);
  person = await createTestPerson(database.owner, clinic);
  operators = database.asOperator();
  look = lookThrough(operators);
});
afterAll(async () => {
  await database?.close();
});

const now = () => Temporal.Now.instant();
const found = async (options: { patience?: 'usual' | 'none'; orgId?: string } = {}) =>
  (await checkEffects(look, { now: now(), ...options })).breaches.map((breach) => describeBreach(breach)).join('\n');

const plant = (sql: string, ...values: unknown[]) => database.owner.query(sql, values);

type PlantedText = { causeKey: string; class?: string; state?: string; to?: TestPerson };

async function plantText({ to = person, ...text }: PlantedText): Promise<string> {
  const id = newId();
  await plant(
    `insert into outbound_messages (org_id, id, conversation_id, contact_id, from_number, to_number, class, kind, body,
       cause_key, state)
     values ($1, $2, $3, $4, $5, $6, $7, 'answer', 'Hello', $8, $9)`,
    clinic.id,
    id,
    to.conversationId,
    to.contactId,
    clinic.location.number,
    to.phone,
    text.class ?? 'reply',
    text.causeKey,
    text.state ?? 'failed',
  );
  return id;
}

async function plantAttempt(message: string, number: number): Promise<void> {
  await plant(
    `insert into send_attempts (org_id, id, message_id, number, provider, started_at, outcome)
     values ($1, $2, $3, $4, 'telnyx', now(), 'accepted')`,
    clinic.id,
    newId(),
    message,
    number,
  );
}

/** Somebody who wrote STOP, or of whom a carrier's list told that they want texts again, each a minute after the other. */
async function plantWishes(kinds: readonly string[]): Promise<TestPerson> {
  const somebody = await createTestPerson(database.owner, clinic);
  for (const [n, kind] of kinds.entries()) {
    const at = new Date(now().subtract({ minutes: kinds.length - n }).epochMilliseconds);
    const text = kind === 'opt-out' ? newId() : null;
    if (text !== null) {
      await plant(
        `insert into inbound_messages (org_id, id, conversation_id, from_number, to_number, body, digest, provider,
           provider_message_id, received_at, handled_by, handled_at)
         values ($1, $2, $3, $4, $5, 'STOP', '', 'telnyx', gen_random_uuid(), $6, 'keyword', $6)`,
        clinic.id,
        text,
        somebody.conversationId,
        somebody.phone,
        clinic.location.number,
        at,
      );
    }
    await plant(
      `insert into consent_events (org_id, id, phone, kind, source, inbound_message_id, occurred_at)
       values ($1, $2, $3, $4, 'carrier', $5, $6)`,
      clinic.id,
      newId(),
      somebody.phone,
      kind,
      text,
      at,
    );
  }
  return somebody;
}

/** A reminder of a visit that is just over. */
async function plantScheduled(state: string): Promise<string> {
  const [visit, id] = [await plantVisit(), newId()];
  await plant(
    `insert into scheduled_texts (org_id, id, kind, contact_id, conversation_id, appointment_id, appointment_starts_at, due_at,
       expires_at, state, cause_key, created_at, state_at)
     select org_id, $2::uuid, 'visit-reminder', contact_id, conversation_id, id, now() - interval '1 hour',
       now() - interval '2 hours', now() - interval '1 hour', $3, $4, now(), now()
     from appointments where org_id = $1 and id = $5`,
    clinic.id,
    id,
    state,
    id,
    visit,
  );
  return id;
}

async function plantCall(outcome: string | null, endedAgo: string): Promise<string> {
  const id = newId();
  await plant(
    `insert into calls (org_id, id, provider, session_id, to_number, ended_at, outcome)
     values ($1, $2, 'telnyx', $3, '+1', now() - $4::interval, $5)`,
    clinic.id,
    id,
    id,
    endedAgo,
    outcome,
  );
  return id;
}

/** A confirmed visit at a time of its own. */
async function plantVisit(): Promise<string> {
  const appointment = newId();
  await plant(
    `insert into appointments (org_id, id, location_id, practitioner_id, service_id, contact_id, conversation_id, starts_at,
       ends_at, state, cause_key, confirmed_at)
     select $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7::uuid, t, t + interval '1 minute', 'confirmed', $8, now()
     from (select now() + (select count(*) from appointments) * interval '1 hour' as t) as free`,
    clinic.id,
    appointment,
    clinic.location.id,
    clinic.practitioners[0]?.id,
    clinic.services[0]?.id,
    person.contactId,
    person.conversationId,
    appointment,
  );
  return appointment;
}

/** A visit whose deposit is paid; what the ledger says of it is left to the test. */
async function plantPaidDeposit(paymentId: string, cents = 5_000): Promise<string> {
  const [appointment, deposit] = [await plantVisit(), newId()];
  await plant(
    `insert into deposits (org_id, id, appointment_id, contact_id, conversation_id, location_id, amount_cents, currency,
       state, idempotency_key, square_order_id, square_payment_id, paid_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'USD', 'paid', $8, $9, $10, now())`,
    clinic.id,
    deposit,
    appointment,
    person.contactId,
    person.conversationId,
    clinic.location.id,
    cents,
    deposit,
    `order-${paymentId}`,
    paymentId,
  );
  return deposit;
}

const plantReport = (paymentId: string, order: string, cents = 5_000) =>
  plant(
    `insert into payment_reports (org_id, payment_id, order_id, status, amount_cents, currency, reported_at)
     values ($1, $2, $3, 'COMPLETED', $4, 'USD', now())`,
    clinic.id,
    paymentId,
    order,
    cents,
  );

const plantEntry = (deposit: string, paymentId: string, cents = 5_000, kind = 'captured') =>
  plant(
    `insert into ledger_entries (org_id, id, deposit_id, kind, amount_cents, currency, square_payment_id, occurred_at)
     values ($1, $2, $3, $4, $5, 'USD', $6, now())`,
    clinic.id,
    newId(),
    deposit,
    kind,
    cents,
    paymentId,
  );

describe('causes and effects', () => {
  it('are equal where nothing happened', async () => {
    const { counts, breaches, unknown } = await checkEffects(look, { now: now() });
    expect(breaches).toEqual([]);
    expect(unknown).toEqual([]);
    expect(new Set(counts.flatMap(({ causes, effects }) => [causes, effects]))).toEqual(new Set([0]));
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a missed call without a text', () => plantCall('missed', '1 hour')],
    [
      'a text back to a call that was not missed',
      async () => plantText({ class: 'missed-call', causeKey: `call:${await plantCall('answered', '1 hour')}` }),
    ],
    ['an answer to no text', () => plantText({ causeKey: 'turn:none' })],
    ['a scheduled text that counts as asked for and is not there', () => plantScheduled('asked')],
    ['a reminder or follow-up that was not due', () => plantText({ causeKey: 'scheduled:none', class: 'reminder' })],
    [
      'a reminder that left after the visit had begun',
      async () =>
        plantAttempt(
          await plantText({ causeKey: `scheduled:${await plantScheduled('asked')}`, class: 'reminder', state: 'sent' }),
          1,
        ),
    ],
    ['a text that counts as sent though no attempt was accepted', () => plantText({ causeKey: 'a', state: 'sent' })],
    [
      'a text that left though it does not count as sent',
      async () => plantAttempt(await plantText({ causeKey: 'b' }), 1),
    ],
    [
      'more than one attempt that the carrier took for one text',
      async () => {
        const text = await plantText({ causeKey: 'c', state: 'sent' });
        await plantAttempt(text, 1);
        await plantAttempt(text, 2);
      },
    ],
    ['a paid deposit whose money is not in the ledger', () => plantPaidDeposit('p1')],
    [
      'a completed payment that is not in the ledger',
      async () => {
        await plantPaidDeposit('p2');
        await plantReport('p2', 'order-p2');
      },
    ],
    [
      'money in the ledger that no completed payment brought',
      async () => plantEntry(await plantPaidDeposit('p3'), 'p3'),
    ],
    [
      'money in the ledger that differs from what Square reported',
      async () => {
        await plantEntry(await plantPaidDeposit('p4'), 'p4', 4_000);
        await plantReport('p4', 'order-p4');
      },
    ],
    [
      'a deposit captured twice',
      async () => {
        const deposit = await plantPaidDeposit('p5');
        await plantEntry(deposit, 'p5');
        await plantEntry(deposit, 'p5-again');
      },
    ],
    [
      'a refund of more than was captured',
      async () => {
        const deposit = await plantPaidDeposit('p6');
        await plantEntry(deposit, 'p6');
        await plantEntry(deposit, 'p6', 6_000, 'refunded');
      },
    ],
  ])('differ, and it is said how: %s', async (breach, sow) => {
    expect(await found()).not.toContain(`${breach} (`);
    await sow();
    expect(await found()).toContain(breach);
  });

  it('of open work count as broken only after their time, unless all should be at rest', async () => {
    await plantCall(null, '10 seconds');
    expect(await found()).not.toContain('nobody judged');
    expect(await found({ patience: 'none' })).toContain('an ended call that nobody judged (1)');
    await plantCall(null, '1 hour');
    expect(await found()).toContain('an ended call that nobody judged (1)');
  });

  it.each([
    [['opt-out'], true],
    // Told by the carrier's list or by staff: no text of the person says so.
    [['opt-out', 'opt-in'], false],
    [['opt-out', 'opt-in', 'opt-out'], true],
  ])('differ when a text left after %j: %s', async (wishes, isBreach) => {
    const text = await plantText({ causeKey: newId(), state: 'sent', to: await plantWishes(wishes) });
    await plantAttempt(text, 1);
    const { breaches } = await checkEffects(look, { now: now() });
    const afterStop = breaches.find(({ what }) => what === 'a text that left after the person said STOP');
    expect(afterStop?.rows.some(({ id }) => id === text) ?? false).toBe(isBreach);
  });

  it('of a reminder that is due counts as broken when nobody asked for it in time', async () => {
    await plantScheduled('scheduled');
    expect(await found()).toContain('a reminder or follow-up that is due and was neither asked for nor dropped (1)');
  });

  it('are counted for one clinic, and for the time in which the cause was', async () => {
    expect(await found({ orgId: other.id })).toBe('');
    const ofMissedCalls = async (scope: { since?: Temporal.Instant }) =>
      (await checkEffects(look, { now: now(), ...scope })).counts.find(
        ({ kind }) => kind === 'texts back to missed calls',
      );
    expect(await ofMissedCalls({})).toMatchObject({ causes: 1, effects: 1 });
    expect(await ofMissedCalls({ since: now().add({ hours: 1 }) })).toMatchObject({ causes: 0, effects: 0 });
  });

  it('that nobody can know are listed with their age and whether staff look after them', async () => {
    const id = await plantText({ causeKey: 'd', state: 'unknown' });
    const { unknown } = await checkEffects(look, { now: now() });
    expect(unknown).toEqual([{ orgId: clinic.id, messageId: id, since: expect.any(String), taskOpen: false }]);
  });
});

describe('the ledger', () => {
  it('is summed up by clinic and currency beside deposits and reports', async () => {
    const { sums, breaches } = await checkLedger(look, { now: now(), orgId: clinic.id });
    expect(sums).toEqual([
      {
        orgId: clinic.id,
        currency: 'USD',
        deposits: 30_000,
        captured: 24_000,
        besides: 5_000,
        refunded: 6_000,
        reported: 10_000,
      },
    ]);
    expect(breaches.length).toBeGreaterThan(4);
    expect(await checkLedger(look, { now: now(), orgId: other.id })).toMatchObject({ sums: [], breaches: [] });
  });
});
