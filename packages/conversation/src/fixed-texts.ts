import type { Money } from '@frontdesk/kernel';
import { formatMoney } from '@frontdesk/kernel';
import { timeLabel } from './time-words.ts';

/** Texts that code alone words, because a mistake in them would cost most. */
export const fixedTexts = {
  card: 'For your safety please never text card numbers; we removed yours and did not keep it. Deposits are paid only through our secure payment link.',
  emergency:
    "If this is an emergency, please call 911 or go to the nearest emergency room now. I'm an automated assistant and can't help with urgent medical needs. I have alerted our team.",
  fallback: "Sorry, I can't answer that properly right now. A person from our team will text you back shortly.",
  wornOut: 'I have passed our conversation on to our team. A person will text you back.',
  noAccount: 'Our team will call you to finish the booking.',
  teamCanAnswer: "I don't have that on record, so I'd rather not guess.",
  taken: 'Sorry, that time was just taken.',
} as const;

export function healthText(phone: string): string {
  return `I can't give medical advice by text, so I have asked our clinical team to get back to you. You can also call us at ${phone}. If it feels severe or gets worse, call 911.`;
}

export function missedCallText(clinicName: string): string {
  return `Hi, this is the virtual receptionist of ${clinicName}. Sorry we missed your call! I can help by text: would you like to book a visit, or do you have a quick question? I can't give medical advice.`;
}

/** To a caller whose conversation a person of the team has taken over: the desk promises nothing of its own. */
export function missedCallWhileHandedOffText(clinicName: string): string {
  return `Hi, this is ${clinicName}. Sorry we missed your call! I have told our team, and a person will get back to you.`;
}

type Visit = { startsAt: Temporal.Instant; practitionerName: string };

/** The question that consent must answer. It names no service: a lock screen may show it. */
export function depositQuestion(visit: Visit, timeZone: string, due: Money | null): string {
  const when = `${timeLabel(visit.startsAt, timeZone)} with ${visit.practitionerName}`;
  return due === null
    ? `Shall I book ${when} for you?`
    : `To book ${when} we take a ${formatMoney(due)} deposit. Shall I text you a secure payment link?`;
}

export function consentText(firstName: string | null, visit: Visit, timeZone: string, due: Money | null): string {
  const thanks = `Thank you${firstName === null ? '' : `, ${firstName}`}!`;
  return due === null
    ? `${thanks} I'm booking ${timeLabel(visit.startsAt, timeZone)} for you now. The confirmation follows by text.`
    : `${thanks} The secure link for your ${formatMoney(due)} deposit comes in the next text. Your time is held meanwhile.`;
}
