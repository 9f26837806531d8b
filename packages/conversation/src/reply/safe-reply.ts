import { depositQuestion, fixedTexts } from '../fixed-texts.ts';
import {
  depositDue,
  depositStanding,
  detailQuestions,
  siteOf,
  standingOffers,
  stillToLearn,
  type Situation,
} from '../situation.ts';
import { oneOf, timeLabel } from '../time-words.ts';
import type { DeskPorts } from '../desk-ports.ts';
import { shorten } from './reply-style.ts';

/** A reply made of records alone, for when the model's own cannot be trusted: what was found, then the next step. */
export function safeReply(
  situation: Situation,
  { facts, taken, ports }: { facts: readonly string[]; taken: boolean; ports: Pick<DeskPorts, 'depositFor'> },
): string {
  const answer = facts[0]?.replace(/^[^:]*: /, '');
  const lead = taken ? fixedTexts.taken : answer === undefined ? '' : shorten(answer, 260);
  return `${lead} ${nextWords(situation, ports)}`.trim();
}

function nextWords(situation: Situation, ports: Pick<DeskPorts, 'depositFor'>): string {
  const { appointment, clinic, lead } = situation;
  const { timeZone } = siteOf(clinic);
  if (appointment?.state === 'confirmed') {
    return `Your visit is booked for ${timeLabel(appointment.startsAt, timeZone)} with ${appointment.practitionerName}.`;
  }
  if (appointment?.state === 'held') {
    const standing = depositStanding(situation);
    if (standing === 'asked') return depositQuestion(appointment, timeZone, depositDue(situation, ports));
    return `Your time ${timeLabel(appointment.startsAt, timeZone)} is held for you.`;
  }
  const offers = standingOffers(situation);
  if (offers.length > 0) {
    return `I can offer ${oneOf(offers.map(({ startsAt }) => timeLabel(startsAt, timeZone)))}. Which works best for you?`;
  }
  const [missing] = stillToLearn(lead);
  return missing === undefined ? 'Which days and times suit you best?' : detailQuestions[missing];
}
