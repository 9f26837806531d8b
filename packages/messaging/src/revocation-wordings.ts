import * as english from './revocation-english.ts';
import * as spanish from './revocation-spanish.ts';

// Wordings that a reasonable person reads as "no more texts" (47 CFR 64.1200(a)(10)), in plain words. A misread opt-out is
// undone by START, a missed one is not; so what reads as revocation opts out, and what is merely ambiguous ("I want to
// cancel") goes to the desk.

const inMessage = new RegExp(`^(?:${english.opening})?(?:${[...english.whole, ...spanish.whole].join('|')})$`);
const inClause = new RegExp(
  `${english.notMeant}${spanish.notMeant}\\b(?:${[...english.clauseEnd, ...spanish.clauseEnd].join('|')})(?:$|${english.orElse})`,
);
const inText = new RegExp(
  `${english.notMeant}${spanish.notMeant}\\b(?:${[...english.anywhere, ...spanish.anywhere].join('|')})(?![a-z])`,
);
const wholeClause = new RegExp(
  `^(?:${english.opening})?(?:${[...english.wholeClause, ...spanish.wholeClause].join('|')})(?:$|${english.orElse})`,
);

/**
 * Whether the person takes back their consent to texts in words of their own.
 * @param message the whole message in plain words
 * @param clauses the same message cut at its punctuation, each in plain words, none empty
 */
export function readsAsRevocation(message: string, clauses: readonly string[]): boolean {
  const sentence = english.asDirectWish(message);
  const parts = english.wantsTexts(message) ? [sentence] : clauses.map(english.asDirectWish);
  return (
    inMessage.test(sentence) ||
    inText.test(sentence) ||
    parts.some((clause) => wholeClause.test(clause) || inClause.test(clause) || inText.test(clause))
  );
}
