import type { DeskFacts } from './desk-facts.ts';
import type { HandOverReason } from './intents.ts';
import { dateOf } from './offered-times.ts';
import type { Turn } from './turn.ts';
import { isBooked, type Understanding } from './understanding.ts';

export type Call = { name: string; input: Record<string, unknown> };

/** The tools to call now; none when everything is there to speak. */
export function nextCalls(u: Understanding, turn: Turn, facts: DeskFacts): Call[] {
  if (u.handOver !== undefined) {
    return turn.handedOver ? [] : [{ name: 'hand_over', input: { reason: handOverWords[u.handOver] } }];
  }
  const gathering = gatherCalls(u, turn);
  if (gathering.length > 0) return gathering;
  if (isBooked(facts)) return [];
  return holdCalls(u, turn, facts) ?? findCalls(u, turn, facts);
}

const handOverWords: Record<HandOverReason, string> = {
  emergency: 'The patient may be having an emergency and was told to call 911.',
  'medical question': 'The patient has a medical question.',
  complaint: 'The patient is unhappy.',
  'asks for a person': 'The patient asks for a person.',
  'change of a booked visit': 'The patient wants to change or cancel a booked visit.',
  'writes in Spanish': 'The patient writes in Spanish.',
  'wants the team': 'The patient would like the team to get back to them.',
};

function gatherCalls(u: Understanding, turn: Turn): Call[] {
  const looks = u.question !== undefined && turn.looked === undefined;
  const saves = Object.keys(u.details).length > 0 && !turn.saved;
  return [
    ...(looks ? [{ name: 'look_up_facts', input: { question: u.question } }] : []),
    ...(saves ? [{ name: 'save_details', input: { ...u.details } }] : []),
  ];
}

function holdCalls(u: Understanding, turn: Turn, facts: DeskFacts): Call[] | undefined {
  if (turn.hold !== undefined && turn.hold !== 'failed') {
    return offerCalls(turn);
  }
  const pick = u.pick.kind === 'one' ? u.pick.time : undefined;
  const anotherPick = pick !== undefined && pick.timeId !== turn.failedHoldId && turn.found === undefined;
  if (turn.hold === 'failed' && !anotherPick)
    return turn.found !== undefined ? [] : [{ name: 'find_times', input: {} }];
  if (pick !== undefined && pick.label !== facts.appointment?.label) {
    return [{ name: 'hold_time', input: { time_id: pick.timeId } }];
  }
  return asksAboutDeposit(u, facts) ? offerCalls(turn) : undefined;
}

const offerCalls = ({ ask }: Turn): Call[] => (ask === undefined ? [{ name: 'offer_deposit', input: {} }] : []);

/** The time is held, the deposit is still open, and the patient neither says no nor asks for something else. */
export function asksAboutDeposit(u: Understanding, facts: DeskFacts): boolean {
  const open = ['none', 'asked', 'declined', 'expired', 'failed'].includes(facts.deposit.status);
  const about = u.intents.assents || u.pick.kind === 'one' || (u.intents.deposit && !u.intents.paysOtherwise);
  return facts.appointment?.state === 'held' && open && about && !u.intents.declines;
}

function findCalls(u: Understanding, turn: Turn, facts: DeskFacts): Call[] {
  if (turn.found !== undefined || turn.stillToLearn.length > 0 || !wantsTimes(u, turn, facts)) return [];
  return [{ name: 'find_times', input: findInput(u, facts) }];
}

function wantsTimes(u: Understanding, turn: Turn, facts: DeskFacts): boolean {
  const { details, intents } = u;
  if (u.pick.kind !== 'none' || intents.declines) return false;
  const agrees =
    intents.assents &&
    (u.asked === 'times_wanted' || (facts.deposit.status === 'expired' && facts.appointment === null));
  if (intents.moreTimes || intents.wantsTimes || agrees) return true;
  const preferred = [details.days, details.from_time, details.until_time, details.any_time, details.service];
  if (preferred.some((detail) => detail !== undefined) && u.question === undefined) return true;
  if (facts.appointment !== null) return intents.changesVisit;
  return turn.saved || (intents.wantsVisit && u.question === undefined);
}

function findInput({ dates, intents, today }: Understanding, { offeredTimes }: DeskFacts): Record<string, unknown> {
  if (dates !== undefined) return { from_date: dates.from, until_date: dates.until };
  const latest = offeredTimes.map((time) => dateOf(time, today)).filter((date) => date !== undefined);
  const after = latest.toSorted((a, b) => Temporal.PlainDate.compare(a, b)).at(-1);
  return intents.moreTimes && after !== undefined ? { from_date: after.add({ days: 1 }).toString() } : {};
}
