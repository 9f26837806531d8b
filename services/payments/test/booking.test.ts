import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingRequestedV1, SquarePaymentReportedV1, type DataOf } from '@frontdesk/contracts';
import { money, newId, PermanentFailure, present, TransientFailure, type Id } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { onBookingRequested } from '../src/handlers/booking-requested.ts';
import { createEnvelope } from './envelope.ts';
import { scriptedSquare, type ScriptedSquare } from './scripted-square.ts';
import { holdTime, lookAt, monday8, openDesk, type Clinic, type TestDesk } from './stage.ts';

let server: TestDatabase;
let clinic: Clinic;
let square: ScriptedSquare;
let desk: TestDesk;

beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server.close());
beforeEach(async () => {
  // Sweeps see all clinics, so each case is alone with its own.
  await server.owner.query('truncate organizations cascade');
  clinic = await createTestClinic(server.owner);
  square = scriptedSquare();
  desk = openDesk(server, square.port);
});

const agree = (appointmentId: Id, patientType: 'new' | 'returning' = 'new') =>
  desk.deliver(BookingRequestedV1, clinic.id, { appointmentId, patientType });
const look = (appointmentId: Id) => lookAt(server, clinic.id, appointmentId);
type Report = DataOf<typeof SquarePaymentReportedV1>;
const report = (change: Partial<Report> = {}) =>
  desk.deliver<Report>(SquarePaymentReportedV1, clinic.id, {
    webhookEventId: newId(),
    paymentId: 'P1',
    orderId: square.links.size === 1 ? square.only().orderId : 'O-unknown',
    status: 'COMPLETED',
    amountCents: 5000,
    currency: 'USD',
    updatedAt: '2026-11-23T15:05:00Z',
    ...change,
  });

describe('a patient who owes no deposit', () => {
  it('is booked at once, and told when, where and with whom, without the treatment', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId, 'returning');
    const seen = await look(appointmentId);
    expect(seen).toMatchObject({
      appointment: 'confirmed',
      deposit: null,
      patientKinds: ['booking-confirmed'],
      staffKinds: ['booking-confirmed'],
      announced: ['not-needed'],
    });
    expect(seen.patientTexts[0]?.body).toBe(
      "You're booked: laser visit at Radiance Medspa, Mon, Nov 23 at 11:00 AM MST with Amanda Wilson. " +
        'Address: 7400 E Camelback Rd, Scottsdale, AZ 85251',
    );
    expect(square.creates).toBe(0);
  });
});

describe('a patient who owes a deposit', () => {
  it('gets one link for the amount of the clinic, and fifteen minutes to pay it', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    desk.pass({ minutes: 10 });
    await agree(appointmentId);
    await agree(appointmentId);
    const link = square.only();
    expect(link).toMatchObject({ amount: money(5000, 'USD'), description: 'Appointment deposit' });
    const seen = await look(appointmentId);
    expect(seen).toMatchObject({
      appointment: 'held',
      holdExpiresAt: monday8.add({ minutes: 25 }),
      deposit: 'link_sent',
      patientKinds: ['deposit-link'],
      announced: ['link_sent'],
    });
    expect(seen.patientTexts[0]?.body).toContain(link.url);
    expect(seen.patientTexts[0]?.body).toContain('$50');
    expect(desk.armed).toEqual([{ kind: 'hold-end', id: appointmentId, at: monday8.add({ minutes: 25 }) }]);
  });

  it('pays what the service asks, whatever the default', async () => {
    await server.owner.query('update services set deposit_new_cents = 7550 where org_id = $1', [clinic.id]);
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    expect(square.only().amount).toEqual(money(7550, 'USD'));
    expect((await look(appointmentId)).patientTexts[0]?.body).toContain('$75.50');
  });

  it('is booked when the payment completes, and told once, however often it is reported', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    await report({ status: 'APPROVED', updatedAt: '2026-11-23T15:04:00Z' });
    await report();
    await report();
    await report({ status: 'APPROVED', updatedAt: '2026-11-23T15:04:00Z' });
    const seen = await look(appointmentId);
    expect(seen).toMatchObject({
      appointment: 'confirmed',
      holdExpiresAt: null,
      deposit: 'paid',
      paymentId: 'P1',
      captured: [['P1', 5000]],
      patientKinds: ['deposit-link', 'booking-confirmed'],
      staffKinds: ['booking-confirmed'],
      announced: ['link_sent', 'paid'],
      tasks: [],
    });
    expect(seen.patientTexts[1]?.body).toMatch(
      /^We received your \$50 deposit, thank you\. You're booked: laser visit/,
    );
    desk.pass({ hours: 1 });
    await desk.sweep();
    expect(await look(appointmentId)).toMatchObject({ appointment: 'confirmed', deposit: 'paid' });
  });

  it('may try again after a payment that failed', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    await report({ paymentId: 'P0', status: 'FAILED', updatedAt: '2026-11-23T15:02:00Z' });
    await report({ paymentId: 'P0', status: 'FAILED', updatedAt: '2026-11-23T15:02:00Z' });
    const failed = await look(appointmentId);
    expect(failed).toMatchObject({ deposit: 'link_sent', announced: ['link_sent', 'failed'] });
    expect(failed.patientKinds).toEqual(['deposit-link', 'payment-failed']);
    expect(failed.patientTexts[1]?.body).toContain(square.only().url);
    await report();
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [['P1', 5000]],
    });
  });

  it.each([
    [{ amountCents: 4000 }, ['P1', 4000]],
    [{ currency: 'CAD' }, ['P1', 5000]],
  ])('who pays something else is not booked by it, but nothing is lost: %j', async (change, entry) => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    await report(change);
    await report(change);
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'held',
      deposit: 'link_sent',
      captured: [entry],
      tasks: ['payment-mismatch'],
      patientKinds: ['deposit-link', 'payment-mismatch'],
      staffKinds: ['payment-mismatch'],
    });
    desk.pass({ minutes: 16 });
    await desk.sweep();
    expect(await look(appointmentId)).toMatchObject({ appointment: 'expired', announced: ['link_sent'] });
  });

  it('who pays twice stays booked, and staff give one payment back', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    await report();
    await report({ paymentId: 'P2', updatedAt: '2026-11-23T15:06:00Z' });
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      paymentId: 'P1',
      captured: [
        ['P1', 5000],
        ['P2', 5000],
      ],
      tasks: ['payment-mismatch'],
    });
  });
});

describe('a report that comes before anybody knows its order', () => {
  it('is kept and counts when the link is stored', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    square.meanwhile = () => report();
    await agree(appointmentId);
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [['P1', 5000]],
      patientKinds: ['deposit-link', 'booking-confirmed'],
    });
  });

  it('is kept and harms nobody when the order is none of ours', async () => {
    await report({ paymentId: 'P-other' });
    const { rows } = await server.owner.query('select status, applied_status from payment_reports where org_id = $1', [
      clinic.id,
    ]);
    expect(rows).toEqual([{ status: 'COMPLETED', applied_status: null }]);
  });
});

describe('while Square is away', () => {
  it('the link is tried again with one key, the time is held, and the patient is told once after a minute', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    square.failing = new TransientFailure('Square answered 503');
    await agree(appointmentId);
    for (let second = 0; second < 20 * 60; second += 15) {
      desk.pass({ seconds: 15 });
      await desk.sweep();
    }
    const waiting = await look(appointmentId);
    expect(waiting).toMatchObject({ appointment: 'held', deposit: 'requested', patientKinds: ['deposit-delayed'] });
    expect(waiting.attempts).toBeGreaterThan(20);
    square.failing = null;
    desk.pass({ seconds: 30 });
    await desk.sweep();
    await desk.sweep();
    square.only();
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'held',
      deposit: 'link_sent',
      patientKinds: ['deposit-delayed', 'deposit-link'],
      announced: ['link_sent'],
    });
  });

  it('an answer that was lost leads to the same link, not to a second one', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    square.losingAnswers = true;
    await agree(appointmentId);
    square.losingAnswers = false;
    desk.pass({ seconds: 30 });
    await desk.sweep();
    expect(square.creates).toBe(2);
    expect((await look(appointmentId)).patientTexts[0]?.body).toContain(square.only().url);
  });

  it('nobody waits for ever: after half an hour a person takes over', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    square.failing = new TransientFailure('Square answered 503');
    await agree(appointmentId);
    desk.pass({ minutes: 31 });
    await desk.sweep();
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'cancelled',
      tasks: ['deposit-link-failed'],
      patientKinds: ['deposit-unavailable'],
      announced: ['unavailable'],
    });
  });
});

describe('when no link can be made', () => {
  it('because Square refuses: a person takes over, and the patient is told', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    square.failing = new PermanentFailure('Square answered 401: ACCESS_TOKEN_REVOKED');
    await agree(appointmentId);
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'cancelled',
      tasks: ['deposit-link-failed'],
      staffKinds: ['deposit-link-failed'],
      patientKinds: ['deposit-unavailable'],
      announced: ['unavailable'],
    });
  });

  it('because the clinic has no account: none is tried, and staff are told', async () => {
    clinic = await createTestClinic(server.owner, { depositAccount: null });
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    expect(square.creates).toBe(0);
    expect(await look(appointmentId)).toMatchObject({
      deposit: null,
      tasks: ['no-deposit-account'],
      staffKinds: ['no-deposit-account'],
      patientKinds: ['deposit-unavailable'],
      announced: ['unavailable'],
    });
  });
});

describe('a hold that runs out', () => {
  it('loses its link first, then its time; the conversation is told once', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    desk.pass({ minutes: 14, seconds: 59 });
    await desk.endHold({ orgId: clinic.id, id: appointmentId });
    expect(await look(appointmentId)).toMatchObject({ appointment: 'held' });
    desk.pass({ seconds: 1 });
    await desk.sweep();
    await desk.sweep();
    expect(square.only().deleted).toBe(true);
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'expired',
      announced: ['link_sent', 'expired'],
      patientKinds: ['deposit-link'],
    });
  });

  it('that nobody agreed to is ended likewise', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    desk.pass({ minutes: 15 });
    await desk.sweep();
    expect(await look(appointmentId)).toMatchObject({ appointment: 'expired', deposit: null, announced: ['expired'] });
  });

  it('is booked when its order turns out to be paid', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    square.pay(square.only().orderId, 'P1');
    desk.pass({ minutes: 15 });
    await desk.sweep();
    await report();
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [['P1', 5000]],
      announced: ['link_sent', 'paid'],
    });
  });

  it('waits for the report when Square only says that the order is paid', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    square.orders.set(square.only().orderId, { kind: 'paid', payment: null });
    desk.pass({ minutes: 15 });
    await desk.sweep();
    expect(await look(appointmentId)).toMatchObject({ appointment: 'held', deposit: 'link_sent' });
    desk.pass({ seconds: 30 });
    await report();
    expect(await look(appointmentId)).toMatchObject({ appointment: 'confirmed', deposit: 'paid' });
  });

  it('keeps its time until Square answers, but not for longer than ten minutes', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    await agree(appointmentId);
    square.failing = new TransientFailure('Square answered 503');
    desk.pass({ minutes: 24 });
    await desk.sweep();
    expect(await look(appointmentId)).toMatchObject({ appointment: 'held' });
    desk.pass({ minutes: 1 });
    await desk.sweep();
    expect(await look(appointmentId)).toMatchObject({ appointment: 'expired', announced: ['link_sent', 'expired'] });
  });

  it('stays silent when the patient chose another time, whose old link takes no money any more', async () => {
    const first = await holdTime(server, clinic);
    await agree(first.appointmentId);
    const other = first.startsAt.add({ hours: 2 });
    const second = await holdTime(server, clinic, { person: first.person, startsAt: other });
    await desk.sweep();
    expect(square.only().deleted).toBe(true);
    expect(await look(first.appointmentId)).toMatchObject({
      appointment: 'cancelled',
      deposit: 'cancelled',
      announced: ['link_sent'],
    });
    expect(await look(second.appointmentId)).toMatchObject({ appointment: 'held' });
  });
});

describe('a payment that comes after the hold ended', () => {
  const expired = async () => {
    const held = await holdTime(server, clinic);
    await agree(held.appointmentId);
    desk.pass({ minutes: 15 });
    await desk.sweep();
    return held;
  };

  it('books the visit when the time is still free', async () => {
    const { appointmentId } = await expired();
    await report();
    await report();
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [['P1', 5000]],
      announced: ['link_sent', 'expired', 'paid'],
      tasks: [],
    });
  });

  it('is kept without a visit when somebody else has the time, with a task for staff', async () => {
    const { appointmentId, startsAt } = await expired();
    const rival = await holdTime(server, clinic, { startsAt, now: monday8.add({ minutes: 16 }) });
    await report();
    await report();
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'paid_without_slot',
      captured: [['P1', 5000]],
      announced: ['link_sent', 'expired', 'paid_without_slot'],
      tasks: ['paid-without-slot'],
      staffKinds: ['paid-without-slot'],
    });
    expect(await look(rival.appointmentId)).toMatchObject({ appointment: 'held' });
  });

  it('is kept without a visit when the time has passed', async () => {
    const { appointmentId } = await expired();
    desk.pass({ hours: 24 });
    await report();
    expect(await look(appointmentId)).toMatchObject({ appointment: 'expired', deposit: 'paid_without_slot' });
  });

  it('is kept without a visit when a rival took the time before the end was settled', async () => {
    const { appointmentId, startsAt } = await holdTime(server, clinic);
    await agree(appointmentId);
    await holdTime(server, clinic, { startsAt, now: monday8.add({ minutes: 16 }) });
    desk.pass({ minutes: 16 });
    await report();
    await desk.sweep();
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'expired',
      holdExpiresAt: null,
      deposit: 'paid_without_slot',
      announced: ['link_sent', 'paid_without_slot'],
    });
  });
});

describe('a crash', () => {
  it('after Square answered and before it was written down leads to the same link', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    square.meanwhile = () => Promise.reject(new TransientFailure('the process ended here'));
    await agree(appointmentId);
    square.meanwhile = async () => {};
    desk.pass({ seconds: 31 });
    await desk.sweep();
    square.only();
    expect((await look(appointmentId)).patientKinds).toEqual(['deposit-link']);
  });

  it('after the agreement was written down and before Square was asked is made good by the sweep', async () => {
    const { appointmentId } = await holdTime(server, clinic);
    const interrupted = openDesk(server, square.port);
    const handler = onBookingRequested(interrupted, () => Promise.reject(new Error('the process ended here')));
    const data = { appointmentId, patientType: 'new' as const };
    await expect(
      handler.run(createEnvelope(BookingRequestedV1, { orgId: clinic.id, data, eventId: newId() }), (work) =>
        interrupted.database.inTenant(clinic.id, work),
      ),
    ).rejects.toThrow('the process ended here');
    expect(square.creates).toBe(0);
    await desk.sweep();
    expect(present(await look(appointmentId), 'the visit').patientKinds).toEqual(['deposit-link']);
  });
});
