import { inOtherWords } from './clinic-answers.ts';
import { readAsked, type Asked } from './asked.ts';
import type { DeskFacts } from './desk-facts.ts';
import { findDates, readToday, type DateRange } from './details/dates.ts';
import { detailsInput, findDetails, type Details } from './details/details.ts';
import { findService } from './details/service.ts';
import { findHandOver, findQuestion, readIntents, type HandOverReason, type Intents } from './intents.ts';
import { pickTime, type Pick } from './offered-times.ts';
import type { Scene } from './scene.ts';

/** What the receptionist makes of the patient's words. */
export type Understanding = {
  said: string;
  /** Nothing was said, and nothing came with it. */
  isBlank: boolean;
  asked: Asked;
  intents: Intents;
  handOver: HandOverReason | undefined;
  /** For the clinic's facts, in the patient's words. */
  question: string | undefined;
  details: Details;
  dates: DateRange | undefined;
  pick: Pick;
  today: Temporal.PlainDate;
};

const anyDay = Temporal.PlainDate.from('2026-01-01');

export function understand(scene: Scene, facts: DeskFacts): Understanding {
  const { said } = scene;
  const today = readToday(facts.clinic.today) ?? anyDay;
  const asked = readAsked(scene.lastWords);
  const intents = readIntents(said);
  // Times found in this turn have not been shown yet, so that no words can mean one of them.
  const offered = isBooked(facts) || called(scene, 'find_times') ? [] : facts.offeredTimes;
  const pick = pickTime(said, offered, today, facts.appointment === null);
  const picking = pick.kind !== 'none';
  const spoken = picking ? undefined : findDates(said, today);
  const all = savedInThisTurn(scene) ?? findDetails(said, asked, facts, spoken);
  const details =
    picking || (intents.hours && !intents.wantsTimes && !intents.wantsVisit) ? withoutPreferences(all) : all;
  return {
    said,
    isBlank: said === '' && !scene.broughtFile,
    asked,
    // "No" to "have you been here before?" declines nothing.
    intents: { ...intents, declines: intents.declines && Object.keys(details).length === 0 },
    handOver: handOverReason(said, asked, intents, facts),
    question: lookUpWords(findQuestion(said), details.service ?? facts.person.service, facts),
    details,
    dates: spoken ?? (facts.offeredTimes.length === 0 ? datesSaidBefore(scene, today) : undefined),
    pick,
    today,
  };
}

const called = ({ steps }: Scene, tool: string): boolean =>
  steps.some(({ name, isError }) => name === tool && !isError);

/** The facts already hold what was saved a moment ago, so that it would no longer look new. */
function savedInThisTurn({ steps }: Scene): Details | undefined {
  const step = steps.find(({ name, result }) => name === 'save_details' && 'still_to_learn' in result);
  return step === undefined ? undefined : detailsInput.safeParse(step.input).data;
}

/** "How much is it?" is looked up as "How much is Botox?". */
function lookUpWords(question: string | undefined, service: string | null, { clinic }: DeskFacts): string | undefined {
  if (question === undefined) return undefined;
  const named = service === null || findService(question, clinic.services) !== undefined;
  return inOtherWords(named ? question : question.replace(/\b(it|that|they|those|this)\b/i, service));
}

export const isBooked = ({ appointment }: DeskFacts): boolean => appointment?.state === 'confirmed';

function handOverReason(said: string, asked: Asked, intents: Intents, facts: DeskFacts): HandOverReason | undefined {
  const reason = findHandOver(said);
  if (reason !== undefined) return reason;
  if (isBooked(facts) && intents.changesVisit && !said.trim().endsWith('?')) return 'change of a booked visit';
  if (
    isBooked(facts) &&
    intents.changesVisit &&
    /\b(my|the) (appointment|appt|visit|booking)\b|\breschedule\b/i.test(said)
  ) {
    return 'change of a booked visit';
  }
  return asked === 'team' && intents.assents ? 'wants the team' : undefined;
}

/** "Next week" said before the name was asked still holds when times are looked up. */
function datesSaidBefore({ saidBefore }: Scene, today: Temporal.PlainDate): DateRange | undefined {
  return saidBefore
    .slice(-4)
    .map((text) => findDates(text, today))
    .findLast((dates) => dates !== undefined);
}

function withoutPreferences({ first_name, service, patient_type }: Details): Details {
  return {
    ...(first_name === undefined ? {} : { first_name }),
    ...(service === undefined ? {} : { service }),
    ...(patient_type === undefined ? {} : { patient_type }),
  };
}
