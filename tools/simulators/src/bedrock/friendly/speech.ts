import { answersFromClinic, bestAnswer } from './clinic-answers.ts';
import type { DeskFacts } from './desk-facts.ts';
import * as phrases from './phrases.ts';
import { asksAboutDeposit } from './plan.ts';
import type { Scene } from './scene.ts';
import type { Turn } from './turn.ts';
import { isBooked, type Understanding } from './understanding.ts';

/** What the receptionist says when no tool is left to call. */
export function speak(scene: Scene, u: Understanding, turn: Turn, facts: DeskFacts): string {
  if (u.handOver !== undefined) return phrases.handedOver[u.handOver];
  const first = !facts.greeted && scene.lastWords === '';
  const answers = answersOf(u, turn, facts);
  const opening = first ? firstWords(u, turn, facts) : acknowledgement(u, turn, facts, answers.length > 0);
  const seen = scene.broughtFile ? phrases.cannotLook : '';
  const next = nextWords(u, turn, facts, answers.length > 0);
  return [opening, seen, ...answers, next, first ? phrases.optOut : ''].filter((part) => part !== '').join(' ');
}

function firstWords({ intents }: Understanding, turn: Turn, facts: DeskFacts): string {
  return intents.asksIfBot ? 'Hi!' : phrases.greeting(facts.clinic.name, turn.person.firstName);
}

function acknowledgement(u: Understanding, turn: Turn, facts: DeskFacts, answered: boolean): string {
  const { first_name, patient_type, ...rest } = u.details;
  if (first_name !== undefined && turn.person.firstName !== null && !turn.refused.includes('first_name')) {
    return `Nice to meet you, ${turn.person.firstName}!`;
  }
  if (answered) return '';
  if (patient_type !== undefined && !turn.refused.includes('patient_type'))
    return patient_type === 'new' ? 'Welcome!' : 'Welcome back!';
  if (Object.keys(rest).length > 0 && turn.found === undefined && turn.refused.length === 0) {
    return rest.service === undefined ? 'Got it.' : phrases.gladToHelp;
  }
  if (u.intents.greets) return facts.person.firstName === null ? 'Hi there!' : `Hi ${facts.person.firstName}!`;
  return '';
}

function answersOf(u: Understanding, turn: Turn, facts: DeskFacts): string[] {
  const own = answersFromClinic(u.said, u.intents, facts);
  if (u.intents.asksIfBot) own.push(phrases.virtual(facts.clinic.name));
  if (u.question === undefined || turn.looked === undefined) return own;
  const found = bestAnswer(u.question, turn.looked.facts, facts, u.intents.price);
  return [...own, ...(found === undefined ? (own.length === 0 ? [phrases.noAnswer] : []) : [found])];
}

function nextWords(u: Understanding, turn: Turn, facts: DeskFacts, answered: boolean): string {
  return (
    heldWords(u, turn, facts) ??
    timesWords(u, turn, facts) ??
    courtesy(u, facts, answered) ??
    onward(u, turn, facts, answered)
  );
}

function heldWords(u: Understanding, turn: Turn, facts: DeskFacts): string | undefined {
  const trouble = facts.deposit.amount === null ? phrases.nothingToPay : phrases.depositTrouble;
  if (turn.hold !== undefined && turn.hold !== 'failed') {
    const ask = turn.ask ?? trouble;
    const named = ask.includes(turn.hold.label);
    return [phrases.greatChoice, named ? '' : phrases.holding(turn.hold), ask].filter((part) => part !== '').join(' ');
  }
  return turn.ask === undefined || !asksAboutDeposit(u, facts) ? undefined : (turn.ask ?? trouble);
}

function timesWords(u: Understanding, turn: Turn, facts: DeskFacts): string | undefined {
  if (u.pick.kind === 'some') return phrases.whichOne(u.pick.times);
  if (turn.found === undefined || turn.findFailed) return undefined;
  if (turn.found.length === 0) return phrases.noTimes;
  if (turn.hold === 'failed') return phrases.offerTimes(turn.found, phrases.justTaken);
  const service = turn.person.service ?? facts.person.service;
  return phrases.offerTimes(turn.found, turn.nearMiss ? phrases.closest : phrases.available(service, turn.found));
}

/** Thanks, a no, an empty text, a look at one's own visit: answered without pushing on. */
function courtesy(u: Understanding, facts: DeskFacts, answered: boolean): string | undefined {
  const { intents } = u;
  if (answered) return undefined;
  if (intents.vagueQuestion) return phrases.openQuestion;
  if (intents.vagueHelp) return phrases.bookOrAsk;
  if (facts.appointment?.state === 'held' && intents.paysOtherwise) return phrases.payOnline;
  if (intents.asksAboutVisit || intents.askedLink) {
    return (
      [phrases.visitWords(facts), phrases.depositWords(facts)].filter((part) => part !== undefined).join(' ') ||
      undefined
    );
  }
  if (isBooked(facts)) return bookedCourtesy(u, facts);
  if (intents.declines && u.asked !== 'patient_type' && u.asked !== 'preferred_times') return farewell(u, facts);
  if (facts.appointment !== null) {
    const state = phrases.depositWords(facts) ?? phrases.visitWords(facts) ?? '';
    return intents.thanks ? `${phrases.welcome} ${state}` : state;
  }
  return undefined;
}

function farewell({ asked }: Understanding, facts: DeskFacts): string {
  if (facts.appointment === null) return phrases.farewell;
  return asked === 'team' || ['none', 'asked'].includes(facts.deposit.status)
    ? phrases.noRush
    : (phrases.depositWords(facts) ?? phrases.farewell);
}

function bookedCourtesy({ intents }: Understanding, facts: DeskFacts): string {
  if (intents.thanks) return `${phrases.welcome} See you soon!`;
  if (intents.greets) return phrases.howToHelp;
  return `${phrases.visitWords(facts) ?? ''} ${phrases.moreHelp}`.trim();
}

/** The next step towards a visit, or an offer to take it. */
function onward(u: Understanding, turn: Turn, facts: DeskFacts, answered: boolean): string {
  if (answered && isUnanswered(u, turn, facts)) return '';
  if (turn.refused.includes('service')) return phrases.notOnMenu(facts.clinic.services);
  const [missing] = turn.stillToLearn;
  const underway = turn.saved || asksForDetail(u) || u.intents.wantsVisit || u.intents.wantsTimes || u.intents.assents;
  if (missing !== undefined && (underway || facts.stillToLearn.length < 4)) {
    const ask =
      answered && missing === 'first_name'
        ? phrases.nameToBook
        : phrases.askFor(missing, { person: turn.person, clinic: facts.clinic });
    const lead = u.isBlank ? `${phrases.blank} ` : u.intents.thanks && !turn.saved ? `${phrases.welcome} ` : '';
    return `${lead}${ask}`;
  }
  if (facts.appointment !== null) return answered ? (phrases.depositWords(facts) ?? '') : phrases.moreHelp;
  if (facts.offeredTimes.length > 0) return phrases.whichOne(facts.offeredTimes);
  if (u.isBlank) return `${phrases.blank} ${phrases.howToHelp}`;
  if (u.intents.thanks) return `${phrases.welcome} ${phrases.moreHelp}`;
  if (u.intents.asksIfBot) return phrases.howToHelp;
  if (answered) return phrases.wouldYouBook;
  return u.intents.greets || u.intents.smallTalk ? phrases.howToHelp : phrases.bookOrAsk;
}

const asksForDetail = ({ asked }: Understanding): boolean =>
  asked !== null && asked !== 'team' && asked !== 'times_wanted';

function isUnanswered(u: Understanding, turn: Turn, facts: DeskFacts): boolean {
  return answersOf(u, turn, facts).at(-1) === phrases.noAnswer;
}
