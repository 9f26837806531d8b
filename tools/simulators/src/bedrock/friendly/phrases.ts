import type { DeskFacts, OfferedTime } from './desk-facts.ts';
import type { HandOverReason } from './intents.ts';
import { shownTimes } from './offered-times.ts';
import { capitalised, listed } from './words.ts';

const withPractitioner = ({ label, practitioner }: { label: string; practitioner: string }): string =>
  practitioner === '' ? label : `${label} with ${practitioner}`;

export const nameToBook = "If you'd like to book, may I have your first name?";
export const gladToHelp = 'Happy to help with that!';

export const greeting = (clinic: string, firstName: string | null): string =>
  `Hi${firstName === null ? '' : ` ${firstName}`}! This is ${clinic}'s virtual receptionist.`;
export const optOut = 'Reply STOP to opt out.';

/** The next thing to ask on the way to a visit. */
export function askFor(detail: string, { person, clinic }: Pick<DeskFacts, 'person' | 'clinic'>): string {
  switch (detail) {
    case 'first_name':
      return 'May I have your first name?';
    case 'service':
      return 'What treatment would you like to come in for?';
    case 'patient_type':
      // A plain yes or no answers it.
      return `Have you been to ${clinic.name} before?`;
    default:
      if (person.preferredDays.length > 0) return 'What time of day works best: morning, afternoon or evening?';
      if (person.preferredTimes !== null) return 'Which days work best for you?';
      return 'Which days and times usually work best for you?';
  }
}

/** "For Botox I have": the treatment, and the practitioner when all times are with one. */
export function available(service: string | null, times: readonly OfferedTime[]): string {
  const what = [service === null ? '' : `for your ${service} visit`, sharedPractitioner(times)]
    .filter((part) => part !== '')
    .join(' ');
  return what === '' ? 'I have' : `${capitalised(what)} I have`;
}

/** Times in one sentence: a text has no lists. */
export function offerTimes(times: readonly OfferedTime[], lead: string): string {
  const question = times.slice(0, shownTimes).length === 1 ? 'Does that work for you?' : 'Which one works best?';
  return `${lead} ${alternatives(times.slice(0, shownTimes), lead)}. ${question}`;
}

function sharedPractitioner(times: readonly OfferedTime[]): string {
  const names = new Set(times.slice(0, shownTimes).map(({ practitioner }) => practitioner));
  const [only = ''] = names;
  return names.size === 1 && only !== '' && times.length > 1 ? `with ${only}` : '';
}

/** The practitioner is left out where the words before have named them. */
function alternatives(times: readonly OfferedTime[], lead = ''): string {
  const shared = sharedPractitioner(times);
  const named = shared !== '' && lead.toLowerCase().includes(shared.toLowerCase());
  const words = times.map((time) => (shared === '' ? withPractitioner(time) : time.label));
  const either = words.length < 3 ? words.join(' or ') : `${words.slice(0, -1).join('; ')}; or ${words.at(-1) ?? ''}`;
  return shared === '' || named ? either : `${either} ${shared}`;
}

export const justTaken = "I'm sorry, that time was just taken. I still have";

export const noTimes =
  "I don't see any open times in the coming weeks. Would you like someone from the team to get back to you?";

export const whichOne = (times: readonly OfferedTime[]): string =>
  `Would you like ${alternatives(times.slice(0, shownTimes))}?`;

export const greatChoice = 'Great choice!';

export const holding = (time: { label: string; practitioner: string }): string =>
  `I'm holding ${withPractitioner(time)} for you.`;

export const nothingToPay = 'No deposit is needed, and your confirmation will follow by text.';
export const depositTrouble = 'Our team will call you to finish the booking.';

export const notOnMenu = (services: readonly { name: string }[]): string =>
  `I don't see that on our menu. We offer ${listed(services.map(({ name }) => name))}. Which would you like?`;

export const noAnswer = "I don't have that information here. Would you like someone from the team to get back to you?";

export const handedOver: Record<HandOverReason, string> = {
  emergency:
    "If you have trouble breathing, vision changes, chest pain or feel unsafe, please call emergency services right now. I've alerted our team as well.",
  'medical question':
    "I can't give medical advice by text, so I've passed this to our clinical team and they'll get back to you. If it feels urgent or gets worse, please call emergency services.",
  complaint:
    "I'm really sorry about that. I've passed this to our team so a person can look into it and get back to you.",
  'asks for a person': "Of course. I've let our team know, and someone will get back to you as soon as they can.",
  'change of a booked visit': "No problem. I've asked our team to help with your visit, and they'll text you shortly.",
  'writes in Spanish': '¡Hola! Ya avisé a nuestro equipo y alguien le responderá pronto.',
  'wants the team': "Done! I've let the team know and they'll get back to you.",
};

export const virtual = (clinic: string): string =>
  `I'm ${clinic}'s virtual receptionist, an automated assistant. I can answer questions and book visits, and I can bring in a person anytime.`;

export function visitWords({ appointment, deposit }: DeskFacts): string | undefined {
  if (appointment === null) return undefined;
  const time = withPractitioner(appointment);
  if (appointment.state === 'confirmed') return `You're booked for ${appointment.service} on ${time}.`;
  return deposit.status === 'paid'
    ? `Your deposit is in, and ${time} is being confirmed.`
    : `I'm holding ${time} for you.`;
}

/** Where the deposit of a held time stands, for someone who asks or just says something kind. */
export function depositWords({ deposit, appointment }: DeskFacts): string | undefined {
  switch (deposit.status) {
    case 'requested':
      return deposit.amount === null
        ? 'Your confirmation is on its way by text.'
        : 'Your secure payment link is on its way in a text of its own.';
    case 'link_sent':
      return 'Your secure payment link is in the text above. Once the deposit is paid, your time is booked.';
    case 'failed':
      return "The payment didn't go through, but you can try the same link again.";
    case 'paid':
      return appointment?.state === 'confirmed' ? undefined : 'Your deposit is in. Thank you!';
    case 'paid_without_slot':
      return 'Your deposit is in, but your time was no longer free. Our team is finding you another.';
    case 'declined':
      return "No problem, I haven't sent anything. Would you like someone from the team to reach out?";
    default:
      return deposit.amount === null ? undefined : `The ${deposit.amount} deposit is all that's left to book it.`;
  }
}

export const payOnline =
  "The deposit goes through a secure link and can't be taken another way here. Would you like someone from the team to reach out about it?";
export const blank = 'Your message came through empty.';
export const cannotLook = "I can't look at pictures or files here, but our team can.";
export const openQuestion = 'Of course! What would you like to know?';
export const bookOrAsk = 'Happy to help! Would you like to book a visit, or do you have a question?';
export const howToHelp = 'How can I help you today?';
export const moreHelp = 'Is there anything else I can help with?';
export const wouldYouBook = 'Would you like me to look for a time for you?';
export const noRush = "No problem at all. Just text me if you'd like to go ahead or prefer another time.";
export const closest = "I don't see an opening right then. The closest I have is";
export const farewell = "No problem at all. I'm here whenever you need us!";
export const welcome = "You're welcome!";
