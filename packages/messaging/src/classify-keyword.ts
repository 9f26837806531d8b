import { keywords, politeness, type Keyword } from './keywords.ts';
import { readsAsRevocation } from './revocation-wordings.ts';

/** A text that is a command: as one of the listed words, or as a clear wish in other words (STOP alone). */
export type KeywordMatch = { keyword: Keyword; source: 'keyword' | 'free-wording' };

/**
 * Whether a text is STOP, HELP or START. The listed words count only as the whole message, politeness and punctuation
 * aside: "Cancel!" stops the texts, "cancel my appointment" is for the desk.
 */
export function classifyKeyword(body: string): KeywordMatch | null {
  const message = withoutPoliteness(plainWords(body));
  if (message === '') return null;
  const keyword = keywords.get(message);
  if (keyword !== undefined) return { keyword, source: 'keyword' };
  const clauses = body.split(clauseBreak).map((clause) => withoutPoliteness(plainWords(clause)));
  const saysStop = firstSentenceIsStop.test(body) || clauses.findLast((clause) => clause !== '') === 'stop';
  return saysStop || readsAsRevocation(message, clauses) ? { keyword: 'stop', source: 'free-wording' } : null;
}

const clauseBreak = /[.!?,;:\n\r]+|\s[-–—]+\s/u;
/**
 * "STOP. Who is this?" or a signature under it. A comma or a word after it is another matter: "stop by tomorrow?".
 * At the end the word stands for itself after a comma, too: "not interested, stop".
 */
const firstSentenceIsStop = /^\W*(?:please\s+)?stop(?:\s+please)?\s*[.!\n\r]/iu;

/** Lower case, without accents and apostrophes; everything that is neither letter nor digit becomes a space. */
function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}'’‘ʼ`]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const polite = politeness.join('|');
const politeStart = new RegExp(`^(?:(?:${polite}) )+(?=.)`);
const politeEnd = new RegExp(`(?: (?:${polite}))+$`);

function withoutPoliteness(words: string): string {
  return words.replace(politeStart, '').replace(politeEnd, '');
}
