import { describe, expect, it } from '@jest/globals';
import { TransientFailure } from '@frontdesk/kernel';
import { holdTime } from './stage.ts';
import { useStage } from './use-stage.ts';
const stage = useStage();

describe('a hold that runs out', () => {
  it('loses its link first, then its time; the conversation is told once', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    stage.desk.pass({ minutes: 14, seconds: 59 });
    await stage.desk.endHold({ orgId: stage.clinic.id, id: appointmentId });
    expect(await stage.look(appointmentId)).toMatchObject({ appointment: 'held' });
    stage.desk.pass({ seconds: 1 });
    await stage.desk.sweep();
    await stage.desk.sweep();
    expect(stage.square.only().deleted).toBe(true);
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'expired',
      announced: ['link_sent', 'expired'],
      patientKinds: ['deposit-link'],
    });
  });

  it('that nobody agreed to is ended likewise', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    stage.desk.pass({ minutes: 15 });
    await stage.desk.sweep();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: null,
      announced: ['expired'],
    });
  });

  it('is booked when its order turns out to be paid', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    stage.square.pay(stage.square.only().orderId, 'P1');
    stage.desk.pass({ minutes: 15 });
    await stage.desk.sweep();
    await stage.report();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [['P1', 5000]],
      announced: ['link_sent', 'paid'],
    });
  });

  it('waits for the report when Square only says that the order is paid', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    stage.square.orders.set(stage.square.only().orderId, { kind: 'paid', payment: null });
    stage.desk.pass({ minutes: 15 });
    await stage.desk.sweep();
    expect(await stage.look(appointmentId)).toMatchObject({ appointment: 'held', deposit: 'link_sent' });
    stage.desk.pass({ seconds: 30 });
    await stage.report();
    expect(await stage.look(appointmentId)).toMatchObject({ appointment: 'confirmed', deposit: 'paid' });
  });

  it('is looked at by a person when the report of a paid order never comes', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    stage.square.orders.set(stage.square.only().orderId, { kind: 'paid', payment: null });
    stage.desk.pass({ minutes: 15 });
    for (let minute = 0; minute < 32; minute += 1) {
      await stage.desk.sweep();
      stage.desk.pass({ minutes: 1 });
    }
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'expired',
      tasks: ['payment-mismatch'],
      patientKinds: ['deposit-link', 'payment-mismatch'],
      announced: ['link_sent'],
    });
  });

  it('keeps its time until Square answers, but not for longer than ten minutes', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    stage.square.failing = new TransientFailure('Square answered 503');
    stage.desk.pass({ minutes: 24 });
    await stage.desk.sweep();
    expect(await stage.look(appointmentId)).toMatchObject({ appointment: 'held' });
    stage.desk.pass({ minutes: 1 });
    await stage.desk.sweep();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'expired',
      announced: ['link_sent', 'expired'],
    });
  });

  it('stays silent when the patient chose another time, whose old link takes no money any more', async () => {
    const first = await holdTime(stage.server, stage.clinic);
    await stage.agree(first.appointmentId);
    const other = first.startsAt.add({ hours: 2 });
    const second = await holdTime(stage.server, stage.clinic, { person: first.person, startsAt: other });
    await stage.desk.sweep();
    expect(stage.square.only().deleted).toBe(true);
    expect(await stage.look(first.appointmentId)).toMatchObject({
      appointment: 'cancelled',
      deposit: 'cancelled',
      announced: ['link_sent'],
    });
    expect(await stage.look(second.appointmentId)).toMatchObject({ appointment: 'held' });
  });
});
