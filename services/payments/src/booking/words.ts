import { addressWords, formatMoney, type Money } from '@frontdesk/kernel';
import type { TemplateValues } from '@frontdesk/messaging';
import type { Booking } from './load-booking.ts';

/** What Square shows on its page and on receipts: never a treatment. */
export const linkDescription = 'Appointment deposit';

/** `Tue, Nov 24 at 2:30 PM MST` */
function timeInWords(instant: Temporal.Instant, timeZone: string): string {
  const { day, time } = timeByName(instant, timeZone);
  return `${day} at ${time}`;
}

/** `Tue, Nov 24` and `2:30 PM MST`, in the clock of the place. */
function timeByName(instant: Temporal.Instant, timeZone: string): { day: string; time: string } {
  const at = new Date(instant.epochMilliseconds);
  const date = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', month: 'short', day: 'numeric' });
  const time = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return { day: date.format(at), time: time.format(at).replaceAll('\u202f', ' ') };
}

/** What every text about a visit says, by name, for a template. A template's words are shown on lock screens. */
export function visitValues(booking: Booking): TemplateValues {
  const { appointment, clinic, location, patient } = booking;
  return {
    clinic: clinic.name,
    ...(patient.firstName !== null && { firstName: patient.firstName }),
    visit: visitOf(booking),
    ...timeByName(appointment.startsAt, location.timeZone),
    practitioner: appointment.practitionerName,
    address: location.address,
  };
}

export function depositLinkText(
  booking: Booking,
  { amount, url, minutes }: { amount: Money; url: string; minutes: number },
): string {
  return (
    `Here is your secure ${formatMoney(amount)} deposit link: ${url} ` +
    `We are holding ${whenOf(booking)} for you for ${minutes} minutes. It is booked as soon as the deposit is paid.`
  );
}

/** The confirmation, and the receipt when a deposit was paid. */
export function bookedText(booking: Booking, deposit: Money | null): string {
  const receipt = deposit === null ? '' : `We received your ${formatMoney(deposit)} deposit, thank you. `;
  return (
    `${receipt}You're booked: ${visitFor(booking)} at ${booking.clinic.name}, ${whenOf(booking)} ` +
    `with ${booking.appointment.practitionerName}. Address: ${booking.location.address}`
  );
}

export function paymentFailedText(url: string): string {
  return `That payment did not go through, and nothing was charged. You can try again with the same link: ${url}`;
}

export function linkDelayedText(): string {
  return (
    'Your deposit link is taking longer than usual. We are still holding your time and ' +
    'will text you the link as soon as we have it.'
  );
}

export function cannotBookText(): string {
  return (
    "I'm sorry, I can't finish your booking myself right now, so your time is not booked yet. " +
    'Someone from our team will contact you about it.'
  );
}

export function paymentMismatchText(): string {
  return (
    'We received a payment from you, but it needs a closer look by our team. ' +
    'Someone will contact you about it; please do not pay again.'
  );
}

export const staffWords = {
  booked: (booking: Booking, deposit: Money | null) =>
    `Booked by the desk: ${who(booking)}, ${visitOf(booking)}, ${whenOf(booking)} with ` +
    `${booking.appointment.practitionerName}. ${deposit === null ? 'No deposit due.' : `${formatMoney(deposit)} deposit paid.`}`,
  noDepositAccount: (booking: Booking) =>
    `A deposit is due for ${who(booking)} (${whenOf(booking)}), but no deposit account is connected. ` +
    'The time was released; please contact them.',
  linkFailed: (booking: Booking) =>
    `The deposit link for ${who(booking)} (${whenOf(booking)}) could not be made. ` +
    'The time was released; please contact them.',
  paidWithoutSlot: (booking: Booking, amount: Money) =>
    `${who(booking)} paid the ${formatMoney(amount)} deposit after the hold ended, and ${whenOf(booking)} could not be ` +
    'booked. Please rebook or refund.',
  mismatch: (booking: Booking, { asked, paid }: { asked: Money; paid: Money }) =>
    `${who(booking)} was asked for a deposit of ${formatMoney(asked)} and paid ${formatMoney(paid)}. ` +
    'The visit was not confirmed by it; please check.',
  secondPayment: (booking: Booking, amount: Money) =>
    `${who(booking)} paid ${formatMoney(amount)} a second time for one deposit. Please refund one of the payments.`,
  paymentMissing: (booking: Booking) =>
    `Square says that the deposit of ${who(booking)} is paid, but never reported the payment. ` +
    `${whenOf(booking)} was released; please look it up at Square and contact them.`,
  notOffered: (booking: Booking) =>
    `${who(booking)} wanted to book ${whenOf(booking)}, but the service is no longer offered. Please contact them.`,
} as const;

function who({ patient }: Booking): string {
  return `${patient.firstName ?? 'a patient'} ${addressWords(patient.phone)}`;
}

/** What a lock screen may show to anybody. */
function visitOf({ service }: Booking): string {
  return service?.discreetName ?? 'visit';
}

/** The treatment by its name only for who agreed to that. */
function visitFor(booking: Booking): string {
  const { service, patient } = booking;
  return service !== null && patient.agreedToDetail ? service.name : visitOf(booking);
}

function whenOf({ appointment, location }: Booking): string {
  return timeInWords(appointment.startsAt, location.timeZone);
}
