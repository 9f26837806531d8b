import { addressWords, type Id } from '@frontdesk/kernel';
import { readConsent, readConsentOf, type Consent } from './consent/deposit-consent.ts';
import { fixedTexts, healthText } from './fixed-texts.ts';
import type { TurnSettings } from './settings.ts';
import { lastQuestionOf, type Turn, type UnansweredText } from './turn.ts';
import { healthConcernOf } from './understanding/health.ts';
import { intentTagsOf } from './understanding/intent-tags.ts';

/** What code decides of the texts before any model is asked. */
export type Plan =
  /** A person talks (and it is no emergency), or the patient opted out: the texts are noted and nothing is said. */
  | { kind: 'silent'; handledBy: 'handed-off' | 'opted-out' }
  | { kind: 'emergency' }
  /** The desk has said enough for an hour: a person takes over. */
  | { kind: 'worn-out' }
  | {
      kind: 'answer';
      /** Fixed sentences that go before whatever else is said. */
      notices: string[];
      /** What is left for the model to answer. */
      forModel: readonly UnansweredText[];
      cardTexts: readonly Id[];
      healthAsked: boolean;
      consent: Consent;
      /** All that they said is their consent: code answers alone. */
      onlyConsent: boolean;
      tags: readonly ('price-question' | 'needs-intent')[];
    };

export function planTurn(turn: Turn, { mostRepliesPerHour }: Pick<TurnSettings, 'mostRepliesPerHour'>): Plan {
  if (turn.optedOut) return { kind: 'silent', handledBy: 'opted-out' };
  const concerns = turn.texts.map((text) => ({ text, concern: healthConcernOf(text.body) }));
  if (concerns.some(({ concern }) => concern === 'emergency')) return { kind: 'emergency' };
  if (turn.state === 'handed_off') return { kind: 'silent', handledBy: 'handed-off' };
  if (turn.repliesLastHour >= mostRepliesPerHour) return { kind: 'worn-out' };
  const cards = turn.texts.filter(({ hasCardNumber }) => hasCardNumber);
  const healthAsked = concerns.some(({ concern, text }) => concern !== null && !text.hasCardNumber);
  const forModel = concerns
    .filter(({ concern, text }) => concern === null && !text.hasCardNumber)
    .map(({ text }) => text);
  const consent = consentOf(turn, forModel);
  return {
    kind: 'answer',
    notices: [
      ...(cards.length > 0 ? [fixedTexts.card] : []),
      ...(healthAsked ? [healthText(addressWords(turn.clinicNumber))] : []),
    ],
    forModel,
    cardTexts: cards.map(({ id }) => id),
    healthAsked,
    consent,
    onlyConsent: consent === 'yes' && forModel.every(({ body }) => readConsent(body) === 'yes'),
    tags: tagsOf(turn, forModel),
  };
}

/** A yes counts as the answer to what the desk said last: after other talk it must name what it agrees to. */
function consentOf(turn: Turn, texts: readonly UnansweredText[]): Consent {
  if (!isAsked(turn)) return 'unrelated';
  const consent = readConsentOf(texts.map(({ body }) => body));
  const last = lastQuestionOf(turn) ?? '';
  const answersQuestion = last.includes('?') && /\b(deposit|book|link)/i.test(last);
  const namesIt = texts.some(({ body }) => /\b(deposit|pay|book|link)/i.test(body));
  return consent === 'yes' && !answersQuestion && !namesIt ? 'unclear' : consent;
}

/** The latest deposit question is about the visit that is held now, and has no answer yet. */
function isAsked({ situation: { lead, appointment } }: Turn): boolean {
  return (
    lead.depositStatus === 'asked' && appointment?.state === 'held' && appointment.id === lead.depositAskedAppointmentId
  );
}

/** Vague words in the middle of a booking are answers, not a new and unclear wish. */
function tagsOf({ situation: { clinic, lead } }: Turn, texts: readonly UnansweredText[]) {
  const tags = texts.flatMap(({ body }) => intentTagsOf(body, clinic.services));
  return [...new Set(tags)].filter((tag) => tag === 'price-question' || lead.serviceId === null);
}
