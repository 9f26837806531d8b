import type { ReadyMadeBody } from './ready-made-body.ts';

const utility = (kind: string, body: string): ReadyMadeBody => ({ kind, category: 'utility', body });
const marketing = (kind: string, body: string): ReadyMadeBody => ({ kind, category: 'marketing', body });

/** Never asks for the answer CANCEL, which the law takes for STOP, and names no treatment. */
export const english: readonly ReadyMadeBody[] = [
  utility(
    'visit-reminder',
    'Reminder from {clinic}: your {visit} is on {day} at {time}. The address is {address}. To change it, reply C or call us at {phone} during our hours.',
  ),
  utility(
    'booking-confirmed',
    'You are booked at {clinic}: {visit} on {day} at {time} with {practitioner}. The address is {address}. Reply here if you need to change it.',
  ),
  utility(
    'deposit-link',
    'This is {clinic}. We are holding {day} at {time} for you for {minutes} minutes. Please pay the deposit of {amount} here: {link} Your visit is booked as soon as the deposit is paid.',
  ),
  utility(
    'deposit-delayed',
    'This is {clinic}. The deposit link for your visit on {day} at {time} takes longer than usual. We are still holding your time and will send the link as soon as we have it.',
  ),
  utility(
    'deposit-unavailable',
    'This is {clinic}. We could not finish the booking for {day} at {time} ourselves, so your time is not booked yet. Someone from our team will contact you about it.',
  ),
  utility(
    'deposit-expired',
    'This is {clinic}. The deposit for {day} at {time} was not paid in time, so we could not keep that time for you. Reply here and we will look for another one.',
  ),
  utility(
    'deposit-paid-without-slot',
    'This is {clinic}. Your deposit arrived, but {day} at {time} was no longer open. Someone from our team will contact you about another time or your money back.',
  ),
  utility(
    'payment-failed',
    'This is {clinic}. The payment for your visit on {day} at {time} did not go through, and nothing was charged. You can try again with the same link: {link} Reply here if you need help.',
  ),
  utility(
    'payment-mismatch',
    'This is {clinic}. We received a payment for your visit on {day} at {time}, and it needs a closer look by our team. Someone will contact you about it; please do not pay again.',
  ),
  utility(
    'offer-follow-up',
    'Hi, this is {clinic}. You asked us for a visit and have not chosen a time yet. Reply with a day or a time that suits you, and we will look what is open.',
  ),
  utility(
    'by-hand',
    'A message from {clinic} about your visit: {text} You can reply to this message to reach our team.',
  ),
  marketing(
    'visit-follow-up',
    'Thank you for your visit to {clinic}. {text} Reply STOP to opt out of these messages, HELP for help.',
  ),
  marketing('by-hand', 'News from {clinic}: {text} Reply STOP to opt out of these messages, HELP for help.'),
];
