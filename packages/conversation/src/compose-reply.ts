import { consentText, depositQuestion, fixedTexts } from './fixed-texts.ts';
import type { Talk } from './converse.ts';
import type { DeskChoice, DeskPorts } from './desk-ports.ts';
import { choicesNamedIn } from './offered-choices.ts';
import type { Plan } from './plan-turn.ts';
import { asText } from './reply/reply-style.ts';
import { introduce, withEnding } from './reply/introduce.ts';
import { factsIn } from './reply/records-of.ts';
import { safeReply } from './reply/safe-reply.ts';
import { depositDue, depositStanding, siteOf, standingOffers, type Situation } from './situation.ts';
import type { ToolOutcome, Turn } from './turn.ts';

/** What leaves at the end of a turn, and what it means for the rows. */
export type Reply = {
  body: string;
  kind: 'answer' | 'emergency' | 'fallback';
  /** The visit whose deposit question this reply puts to the person. */
  asks: Situation['appointment'];
  /** A held visit that the team must finish, since no deposit can be taken: not yet told to them. */
  needsTeam: boolean;
  handOff: boolean;
  /** The times that it offers, to be tapped. */
  choices: readonly DeskChoice[];
  failure: string | null;
};

type Parts = { turn: Turn; ports: DeskPorts };
type AnswerPlan = Extract<Plan, { kind: 'answer' }>;

export function emergencyReply({ turn }: Parts): Reply {
  return { ...plainReply(turn, fixedTexts.emergency), kind: 'emergency', handOff: true };
}

/** Nobody is left in silence: who goes on writing hears once that a person takes over. */
export function wornOutReply({ turn }: Parts): Reply {
  const body = fixedTexts.wornOut;
  return { ...plainReply(turn, body), kind: 'fallback', handOff: true, failure: 'too-many-replies' };
}

/** Code answers alone: nothing is left for a model to say. */
export function replyWithoutModel({ turn, ports }: Parts, plan: AnswerPlan): Reply {
  const { situation } = turn;
  const { appointment, clinic, lead } = situation;
  const agreed =
    plan.onlyConsent && appointment !== null
      ? [consentText(lead.firstName, appointment, siteOf(clinic).timeZone, depositDue(situation, ports))]
      : [];
  return plainReply(turn, [...plan.notices, ...agreed].join(' '));
}

export function replyFrom({ turn, ports }: Parts, plan: AnswerPlan, talk: Exclude<Talk, { kind: 'opted-out' }>): Reply {
  const { situation, steps } = talk;
  const outcomes = steps.flatMap(({ results }) => results);
  const had = (effect: ToolOutcome['effect']) => outcomes.some((outcome) => outcome.effect === effect);
  const handOff = had('handed-over');
  const withNotices = (body: string) => [...plan.notices, body].join(' ');
  if (talk.kind === 'failed') {
    return { ...plainReply(turn, withNotices(fixedTexts.fallback)), kind: 'fallback', handOff, failure: talk.failure };
  }
  const words =
    talk.kind === 'reply' ? talk.text : safeReply(situation, { facts: factsIn(steps), taken: had('taken'), ports });
  const ending = handOff
    ? null
    : endingFor(situation, { ports, words, asked: had('asked'), teamAsked: had('team-asked') });
  const body = asText(withNotices(ending === null ? words : withEnding(words, ending.words)));
  return {
    ...plainReply(turn, body),
    asks: ending?.asks === true ? situation.appointment : null,
    needsTeam: ending?.needsTeam === true,
    handOff,
    choices: ending === null && !handOff ? choicesToTap(body, situation) : [],
    failure: talk.kind === 'untrue' ? 'unbound' : null,
  };
}

function choicesToTap(body: string, situation: Situation): DeskChoice[] {
  const { timeZone } = siteOf(situation.clinic);
  return choicesNamedIn(body, { ...situation, offers: standingOffers(situation), timeZone });
}

type Ending = { words: string; asks?: boolean; needsTeam?: boolean };

/**
 * A held visit that was not asked about yet is asked about now, whatever the model said: either in its own words, when it
 * got the question from the desk and did ask, or in the desk's.
 */
function endingFor(
  situation: Situation,
  { ports, words, asked, teamAsked }: { ports: DeskPorts; words: string; asked: boolean; teamAsked: boolean },
): Ending | null {
  const { appointment, clinic } = situation;
  if (teamAsked) return /\bteam\b/i.test(words) ? { words: '' } : { words: fixedTexts.noAccount };
  if (appointment?.state !== 'held') return null;
  const standing = depositStanding(situation);
  if (standing !== 'none' && !asked) return null;
  const due = depositDue(situation, ports);
  const { takesDeposits, timeZone } = siteOf(clinic);
  if (due !== null && !takesDeposits) return { words: fixedTexts.noAccount, needsTeam: true };
  const putInWords = asked && words.includes('?') && (due === null ? /\bbook/i : /\bdeposit\b/i).test(words);
  return { words: putInWords ? '' : depositQuestion(appointment, timeZone, due), asks: true };
}

function plainReply(turn: Turn, body: string): Reply {
  const { greeted, clinic } = turn.situation;
  return {
    body: introduce(body, { greeted, clinicName: clinic.name }),
    kind: 'answer',
    asks: null,
    needsTeam: false,
    handOff: false,
    choices: [],
    failure: null,
  };
}
