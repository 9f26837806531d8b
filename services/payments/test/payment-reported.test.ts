import { describe, expect, it } from '@jest/globals';
import { holdTime, monday8 } from './stage.ts';
import { useStage } from './use-stage.ts';
const stage = useStage();

describe('a patient with a deposit link', () => {
  it('is booked when the payment completes, and told once, however often it is reported', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    await stage.report({ status: 'APPROVED', updatedAt: '2026-11-23T15:04:00Z' });
    await stage.report();
    await stage.report();
    await stage.report({ status: 'APPROVED', updatedAt: '2026-11-23T15:04:00Z' });
    const seen = await stage.look(appointmentId);
    expect(seen).toMatchObject({
      appointment: 'confirmed',
      holdExpiresAt: null,
      deposit: 'paid',
      paymentId: 'P1',
      captured: [['P1', 5000]],
      patientKinds: ['deposit-link', 'booking-confirmed'],
      staffKinds: ['booking-confirmed'],
      announced: ['link_sent', 'paid'],
      visitChanges: ['confirmed'],
      tasks: [],
    });
    expect(seen.patientTexts[1]?.body).toMatch(
      /^We received your \$50 deposit, thank you\. You're booked: laser visit/,
    );
    stage.desk.pass({ hours: 1 });
    await stage.desk.sweep();
    expect(await stage.look(appointmentId)).toMatchObject({ appointment: 'confirmed', deposit: 'paid' });
  });

  it('may try again after a payment that failed', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    await stage.report({ paymentId: 'P0', status: 'FAILED', updatedAt: '2026-11-23T15:02:00Z' });
    await stage.report({ paymentId: 'P0', status: 'FAILED', updatedAt: '2026-11-23T15:02:00Z' });
    const failed = await stage.look(appointmentId);
    expect(failed).toMatchObject({ deposit: 'link_sent', announced: ['link_sent', 'failed'] });
    expect(failed.patientKinds).toEqual(['deposit-link', 'payment-failed']);
    expect(failed.patientTexts[1]?.body).toContain(stage.square.only().url);
    await stage.report();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [['P1', 5000]],
    });
  });

  it('hears of the first three payments that failed, and then only the page says it', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    for (const n of [1, 2, 3, 4, 5]) {
      await stage.report({ paymentId: `F${n}`, status: 'FAILED', updatedAt: `2026-11-23T15:0${n}:00Z` });
    }
    const { patientKinds } = await stage.look(appointmentId);
    expect(patientKinds).toEqual(['deposit-link', 'payment-failed', 'payment-failed', 'payment-failed']);
  });

  it('is booked also after a hundred payments that failed', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    await stage.server.owner.query(
      `insert into payment_reports
         (org_id, payment_id, order_id, status, amount_cents, currency, reported_at, applied_status)
       select org_id, 'failed-' || n, square_order_id, 'FAILED', 5000, 'USD', created_at, 'FAILED'
       from deposits, generate_series(1, 100) n where org_id = $1 and appointment_id = $2`,
      [stage.clinic.id, appointmentId],
    );
    await stage.report();
    expect(await stage.look(appointmentId)).toMatchObject({ appointment: 'confirmed', deposit: 'paid' });
  });

  it.each([
    [{ amountCents: 4000 }, ['P1', 4000]],
    [{ currency: 'CAD' }, ['P1', 5000]],
  ])('who pays something else is not booked by it, but nothing is lost: %j', async (change, entry) => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    await stage.report(change);
    await stage.report(change);
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'held',
      deposit: 'link_sent',
      captured: [entry],
      tasks: ['payment-mismatch'],
      patientKinds: ['deposit-link', 'payment-mismatch'],
      staffKinds: ['payment-mismatch'],
    });
    stage.desk.pass({ minutes: 16 });
    await stage.desk.sweep();
    expect(await stage.look(appointmentId)).toMatchObject({ appointment: 'expired', announced: ['link_sent'] });
  });

  it('who pays twice stays booked, and staff give one payment back', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    await stage.report();
    await stage.report({ paymentId: 'P2', updatedAt: '2026-11-23T15:06:00Z' });
    expect(await stage.look(appointmentId)).toMatchObject({
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
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    stage.square.meanwhile = () => stage.report();
    await stage.agree(appointmentId);
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [['P1', 5000]],
      patientKinds: ['deposit-link', 'booking-confirmed'],
    });
  });

  it('is kept and harms nobody when the order is none of ours', async () => {
    await stage.report({ paymentId: 'P-other' });
    const { rows } = await stage.server.owner.query(
      'select status, applied_status from payment_reports where org_id = $1',
      [stage.clinic.id],
    );
    expect(rows).toEqual([{ status: 'COMPLETED', applied_status: null }]);
  });
});

describe('a payment that comes after the hold ended', () => {
  const expired = async () => {
    const held = await holdTime(stage.server, stage.clinic);
    await stage.agree(held.appointmentId);
    stage.desk.pass({ minutes: 15 });
    await stage.desk.sweep();
    return held;
  };

  it('books the visit when the time is still free', async () => {
    const { appointmentId } = await expired();
    await stage.report();
    await stage.report();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [['P1', 5000]],
      announced: ['link_sent', 'expired', 'paid'],
      tasks: [],
    });
  });

  it('is kept without a visit when somebody else has the time, with a task for staff', async () => {
    const { appointmentId, startsAt } = await expired();
    const rival = await holdTime(stage.server, stage.clinic, { startsAt, now: monday8.add({ minutes: 16 }) });
    await stage.report();
    await stage.report();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'paid_without_slot',
      captured: [['P1', 5000]],
      announced: ['link_sent', 'expired', 'paid_without_slot'],
      visitChanges: [],
      tasks: ['paid-without-slot'],
      staffKinds: ['paid-without-slot'],
    });
    expect(await stage.look(rival.appointmentId)).toMatchObject({ appointment: 'held' });
  });

  it('is kept without a visit when the time has passed', async () => {
    const { appointmentId } = await expired();
    stage.desk.pass({ hours: 24 });
    await stage.report();
    expect(await stage.look(appointmentId)).toMatchObject({ appointment: 'expired', deposit: 'paid_without_slot' });
  });

  it('is kept without a visit when a rival took the time before the end was settled', async () => {
    const { appointmentId, startsAt } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    await holdTime(stage.server, stage.clinic, { startsAt, now: monday8.add({ minutes: 16 }) });
    stage.desk.pass({ minutes: 16 });
    await stage.report();
    await stage.desk.sweep();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'expired',
      holdExpiresAt: null,
      deposit: 'paid_without_slot',
      announced: ['link_sent', 'paid_without_slot'],
    });
  });
});
