import { describe, expect, it } from '@jest/globals';
import { money, newId, parsePhoneNumber, present } from '@frontdesk/kernel';
import type { Booking } from './load-booking.ts';
import * as words from './words.ts';

const treatments = ['Botox', 'Dermal filler', 'Semaglutide weight loss', 'STD screening', 'Laser 360'];

function booking(treatment: string, agreedToDetail: boolean): Booking {
  const zero = money(0, 'USD');
  const [orgId, locationId, contactId, conversationId, serviceId] = [newId(), newId(), newId(), newId(), newId()];
  const startsAt = Temporal.Instant.from('2026-11-24T21:30:00Z');
  const timeZone = 'America/Phoenix';
  const location = { id: locationId, name: 'Main', address: '12 Main St', timeZone, hours: [], takesDeposits: true };
  const service = {
    id: serviceId,
    name: treatment,
    discreetName: 'visit with the team',
    aliases: [`${treatment} deluxe`],
    duration: Temporal.Duration.from({ minutes: 30 }),
    price: zero,
    priceUnit: 'visit',
    deposit: { new: zero, returning: zero },
  };
  return {
    appointment: {
      id: newId(),
      orgId,
      locationId,
      practitionerId: newId(),
      practitionerName: 'Amanda Wilson',
      serviceId,
      contactId,
      conversationId,
      state: 'confirmed',
      holdExpiresAt: null,
      startsAt,
      endsAt: startsAt.add({ minutes: 30 }),
    },
    deposit: null,
    clinic: {
      id: orgId,
      name: 'Radiance',
      timeZone,
      missedCallText: true,
      missedCallWording: null,
      locations: [location],
      services: [service],
      numbers: [present(parsePhoneNumber('+14805550100'), 'a number')],
    },
    location,
    service,
    patient: { phone: '+14805550123', clinicNumber: '+14805550100', firstName: 'Ana', agreedToDetail },
  };
}

/** Everything that this service texts to anybody about a visit. */
function everyText(of: Booking): string[] {
  const amount = money(5000, 'USD');
  const url = 'https://square.link/u/abc';
  const { staffWords } = words;
  return [
    words.linkDescription,
    words.depositLinkText(of, { amount, url, minutes: 15 }),
    words.bookedText(of, amount),
    words.bookedText(of, null),
    words.paymentFailedText(url),
    words.linkDelayedText(),
    words.cannotBookText(),
    words.paymentMismatchText(),
    staffWords.booked(of, null),
    staffWords.noDepositAccount(of),
    staffWords.linkFailed(of),
    staffWords.paidWithoutSlot(of, amount),
    staffWords.mismatch(of, { asked: amount, paid: amount }),
    staffWords.secondPayment(of, amount),
    staffWords.paymentMissing(of),
    staffWords.notOffered(of),
  ];
}

describe('what a lock screen shows of a visit', () => {
  it.each(treatments)('never names the treatment: %s', (treatment) => {
    for (const text of everyText(booking(treatment, false))) {
      expect(text.toLowerCase()).not.toContain(treatment.toLowerCase());
    }
  });

  it('names it in the confirmation of a person who agreed to that, and nowhere to staff', () => {
    const agreed = booking('Botox', true);
    expect(words.bookedText(agreed, null)).toMatch(/^You're booked: Botox at Radiance/);
    expect(words.staffWords.booked(agreed, null)).not.toContain('Botox');
  });
});

describe('what staff read of a patient without a number', () => {
  it('is that they are on WhatsApp, not their id there', () => {
    const of = booking('Botox', false);
    const texts = everyText({ ...of, patient: { ...of.patient, phone: 'wa:US.1349000000000000' } });
    expect(texts.filter((text) => text.includes('wa:'))).toEqual([]);
    expect(words.staffWords.noDepositAccount({ ...of, patient: { ...of.patient, phone: 'wa:US.1349' } })).toContain(
      'Ana on WhatsApp',
    );
  });
});

describe('what a template can say of a visit', () => {
  it('is named as texts say it, without the treatment, and only a name that is known', () => {
    const of = booking('Botox', false);
    const values = words.visitValues(of);
    expect(values).toMatchObject({
      clinic: 'Radiance',
      firstName: 'Ana',
      practitioner: of.appointment.practitionerName,
    });
    expect(words.bookedText(of, null)).toContain(`${values.day} at ${values.time}`);
    expect(JSON.stringify(values)).not.toContain('Botox');
    expect(words.visitValues({ ...of, patient: { ...of.patient, firstName: null } })).not.toHaveProperty('firstName');
  });
});
