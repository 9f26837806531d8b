import type { DeskFacts } from './desk-facts.ts';
import { findDays } from './details/days.ts';
import { findService } from './details/service.ts';
import type { Intents } from './intents.ts';
import { capitalised, listed, plain } from './words.ts';

type Fact = { topic: string; answer: string };

/** Answers that stand in the clinic's own data: hours, address, menu. */
export function answersFromClinic(said: string, intents: Intents, { clinic }: DeskFacts): string[] {
  return [
    ...(intents.hours && clinic.hours.length > 0 ? [hoursAnswer(said, clinic.hours)] : []),
    ...(intents.address && clinic.address !== '' ? [`We're at ${clinic.address}.`] : []),
    ...(intents.services ? [`We offer ${listed(clinic.services.map(({ name }) => name))}.`] : []),
  ];
}

function hoursAnswer(said: string, hours: string[]): string {
  const days = findDays(said);
  const wanted = days.map(
    (day) => hours.find((line) => line.toLowerCase().startsWith(day)) ?? `${capitalised(day)} closed`,
  );
  return `Our hours: ${(wanted.length > 0 ? wanted : hours).join(', ')}.`;
}

/** The answer among looked-up facts that fits the question best; undefined when none fits. */
export function bestAnswer(
  question: string,
  found: unknown,
  { clinic }: DeskFacts,
  aboutPrice: boolean,
): string | undefined {
  const all = Array.isArray(found) ? found.filter(isFact) : [];
  const facts = isAboutPeople(question) ? all.filter(({ topic }) => /\bwho\b/i.test(topic)) : all;
  const scored = facts.map((fact) => ({ fact, score: scoreOf(fact, question, aboutPrice) }));
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (top, each) => (top && top.score >= each.score ? top : each),
    undefined,
  );
  if (best !== undefined && best.score > 1) return best.fact.answer;
  const service = clinic.services.find(({ name }) => name === findService(question, clinic.services));
  if (service === undefined) return undefined;
  if (aboutPrice && service.price !== '') return `${service.name} is ${service.price}.`;
  return /\b(do you|you guys|offer|have|carry|provide)\b/.test(plain(question))
    ? `Yes, we offer ${service.name}.`
    : undefined;
}

const isAboutPeople = (question: string): boolean => /\bwho\b/i.test(question);

const otherWords: [RegExp, string][] = [
  [/\bwho (does|do|performs?|gives?|will|would|is)\b/i, 'who performs treatments'],
  [/\b(amex|visa|mastercard|discover|credit cards?|debit|apple pay|google pay|hsa|fsa|venmo|cash)\b/i, 'paying, cards'],
  [/\b(specials?|deals?|discounts?|promos?|offers?)\b(?! botox)/i, 'promotions'],
  [/\b(cancel|no[- ]show|late)\b/i, 'cancelling'],
];

/** The question with the word under which a clinic would file the answer. */
export function inOtherWords(question: string): string {
  const words = otherWords.filter(([pattern]) => pattern.test(question)).map(([, word]) => word);
  return words.length === 0 ? question : `${question} (${words.join('; ')})`;
}

const isFact = (value: unknown): value is Fact =>
  typeof value === 'object' &&
  value !== null &&
  'topic' in value &&
  'answer' in value &&
  typeof value.topic === 'string' &&
  typeof value.answer === 'string';

const commonWords = new Set(
  'the and for you your are does have with what how who when where can could would will much many long this that there about get from any per our is it do if to in of on my me at be last lasts'.split(
    ' ',
  ),
);

/** Words of the topic count most; a question about price wants an answer with one. */
function scoreOf({ topic, answer }: Fact, question: string, aboutPrice: boolean): number {
  const asked = stems(question);
  const hits = (text: string): number => [...stems(text)].filter((stem) => asked.has(stem)).length;
  const score = hits(topic) * 3 + hits(answer);
  const lasting =
    /\bhow long\b|\blasts?\b(?! (night|time|week|month|year))/i.test(question) && /\b(how long|lasts?)\b/i.test(topic);
  const performed = isAboutPeople(question) && /^who\b/i.test(topic);
  return (
    score + (score > 0 && aboutPrice && /\bprice\b/i.test(topic) ? 4 : 0) + (lasting ? 4 : 0) + (performed ? 6 : 0)
  );
}

function stems(text: string): Set<string> {
  const words = plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !commonWords.has(word));
  return new Set(words.map((word) => word.replace(/(ments?|ables?|ings?|ation|ers?|ed|es|s)$/, '').slice(0, 6)));
}
