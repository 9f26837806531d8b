import { describe, expect, it } from '@jest/globals';
import { BookingRequestedV1 } from '@frontdesk/contracts';
import { money, newId, PermanentFailure, present, TransientFailure } from '@frontdesk/kernel';
import { valuesOfKinds } from '@frontdesk/messaging';
import { onBookingRequested } from '../src/handlers/booking-requested.ts';
import { createEnvelope } from './envelope.ts';
import { holdTime, monday8, openDesk } from './stage.ts';
import { useStage } from './use-stage.ts';
const stage = useStage();

describe('a patient who owes no deposit', () => {
  it('is booked at once, and told when, where and with whom, without the treatment', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId, 'returning');
    const seen = await stage.look(appointmentId);
    expect(seen).toMatchObject({
      appointment: 'confirmed',
      deposit: null,
      patientKinds: ['booking-confirmed'],
      staffKinds: ['booking-confirmed'],
      announced: ['not-needed'],
      visitChanges: ['confirmed'],
    });
    expect(seen.patientTexts[0]?.body).toBe(
      "You're booked: laser visit at Radiance Medspa, Mon, Nov 23 at 11:00 AM MST with Amanda Wilson. " +
        'Address: 7400 E Camelback Rd, Scottsdale, AZ 85251. Reply STOP to opt out.',
    );
    expect(stage.square.creates).toBe(0);
  });

  it('is told the treatment, too, after agreeing that texts may name it', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.server.owner.query(
      `update contacts set detail_agreed_at = now()
       where id = (select contact_id from appointments where id = $1)`,
      [appointmentId],
    );
    await stage.agree(appointmentId, 'returning');
    const seen = await stage.look(appointmentId);
    expect(seen.patientTexts[0]?.body).toMatch(/^You're booked: Laser hair removal at Radiance Medspa/);
  });
});

describe('a patient who owes a deposit', () => {
  it('gets one link for the amount of the clinic, and fifteen minutes to pay it', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    stage.desk.pass({ minutes: 10 });
    await stage.agree(appointmentId);
    await stage.agree(appointmentId);
    const link = stage.square.only();
    expect(link).toMatchObject({ amount: money(5000, 'USD'), description: 'Appointment deposit' });
    const seen = await stage.look(appointmentId);
    expect(seen).toMatchObject({
      appointment: 'held',
      holdExpiresAt: monday8.add({ minutes: 25 }),
      deposit: 'link_sent',
      patientKinds: ['deposit-link'],
      announced: ['link_sent'],
    });
    expect(seen.patientTexts[0]?.body).toContain(link.url);
    const { template_values: values } = present(seen.patientTexts[0], 'the text');
    expect(values).toMatchObject({ link: link.url, amount: '$50', minutes: '15', visit: 'laser visit' });
    expect(valuesOfKinds['deposit-link'].filter((name) => name !== 'firstName' && values[name] === undefined)).toEqual(
      [],
    );
    expect(seen.patientTexts[0]?.body).toContain('$50');
    expect(stage.desk.armed).toEqual([{ kind: 'hold-end', id: appointmentId, at: monday8.add({ minutes: 25 }) }]);
  });

  it('pays what the service asks, whatever the default', async () => {
    await stage.server.owner.query('update services set deposit_new_cents = 7550 where org_id = $1', [stage.clinic.id]);
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    expect(stage.square.only().amount).toEqual(money(7550, 'USD'));
    expect((await stage.look(appointmentId)).patientTexts[0]?.body).toContain('$75.50');
  });
});

describe('when no link can be made', () => {
  it('because Square refuses: a person takes over, and the patient is told', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    stage.square.failing = new PermanentFailure('Square answered 401: ACCESS_TOKEN_REVOKED');
    await stage.agree(appointmentId);
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'cancelled',
      tasks: ['deposit-link-failed'],
      staffKinds: ['deposit-link-failed'],
      patientKinds: ['deposit-unavailable'],
      announced: ['unavailable'],
    });
  });

  it('because the clinic has no account: none is tried, and staff are told', async () => {
    await stage.withoutAccount();
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    await stage.agree(appointmentId);
    expect(stage.square.creates).toBe(0);
    expect(await stage.look(appointmentId)).toMatchObject({
      deposit: null,
      tasks: ['no-deposit-account'],
      staffKinds: ['no-deposit-account'],
      patientKinds: ['deposit-unavailable'],
      announced: ['unavailable'],
    });
  });
});

describe('while Square is away', () => {
  it('the link is tried again with one key, the time is held, and the patient is told once after a minute', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    stage.square.failing = new TransientFailure('Square answered 503');
    await stage.agree(appointmentId);
    for (let second = 0; second < 20 * 60; second += 15) {
      stage.desk.pass({ seconds: 15 });
      await stage.desk.sweep();
    }
    const waiting = await stage.look(appointmentId);
    expect(waiting).toMatchObject({ appointment: 'held', deposit: 'requested', patientKinds: ['deposit-delayed'] });
    expect(waiting.attempts).toBeGreaterThan(20);
    stage.square.failing = null;
    stage.desk.pass({ seconds: 30 });
    await stage.desk.sweep();
    await stage.desk.sweep();
    stage.square.only();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'held',
      deposit: 'link_sent',
      patientKinds: ['deposit-delayed', 'deposit-link'],
      announced: ['link_sent'],
    });
  });

  it('an answer that was lost leads to the same link, not to a second one', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    stage.square.losingAnswers = true;
    await stage.agree(appointmentId);
    stage.square.losingAnswers = false;
    stage.desk.pass({ seconds: 30 });
    await stage.desk.sweep();
    expect(stage.square.creates).toBe(2);
    expect((await stage.look(appointmentId)).patientTexts[0]?.body).toContain(stage.square.only().url);
  });

  it('nobody waits for ever: after half an hour a person takes over', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    stage.square.failing = new TransientFailure('Square answered 503');
    await stage.agree(appointmentId);
    stage.desk.pass({ minutes: 31 });
    await stage.desk.sweep();
    expect(await stage.look(appointmentId)).toMatchObject({
      appointment: 'expired',
      deposit: 'cancelled',
      tasks: ['deposit-link-failed'],
      patientKinds: ['deposit-unavailable'],
      announced: ['unavailable'],
    });
  });
});

describe('a crash', () => {
  it('after Square answered and before it was written down leads to the same link', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    stage.square.meanwhile = () => Promise.reject(new TransientFailure('the process ended here'));
    await stage.agree(appointmentId);
    stage.square.meanwhile = async () => {};
    stage.desk.pass({ seconds: 31 });
    await stage.desk.sweep();
    stage.square.only();
    expect((await stage.look(appointmentId)).patientKinds).toEqual(['deposit-link']);
  });

  it('after the agreement was written down and before Square was asked is made good by the sweep', async () => {
    const { appointmentId } = await holdTime(stage.server, stage.clinic);
    const interrupted = openDesk(stage.server, stage.square.port);
    const handler = onBookingRequested(interrupted, () => Promise.reject(new Error('the process ended here')));
    const data = { appointmentId, patientType: 'new' as const };
    await expect(
      handler.run(createEnvelope(BookingRequestedV1, { orgId: stage.clinic.id, data, eventId: newId() }), (work) =>
        interrupted.database.inTenant(stage.clinic.id, work),
      ),
    ).rejects.toThrow('the process ended here');
    expect(stage.square.creates).toBe(0);
    await stage.desk.sweep();
    expect((await stage.look(appointmentId)).patientKinds).toEqual(['deposit-link']);
  });
});
