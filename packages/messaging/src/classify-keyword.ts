import { asksAboutTheTexts } from './help-wordings.ts';
import { keywords, type Keyword } from './keywords.ts';
import { plainWords } from './plain-words.ts';
import { readsAsResumption } from './resumption-wordings.ts';
import { readsAsRevocation } from './revocation-wordings.ts';

/** A text that is a command: as one of the listed words, or as a clear wish in other words. */
export type KeywordMatch = { keyword: Keyword; source: 'keyword' | 'free-wording' };

/**
 * Whether a text is STOP, HELP or START. The listed words count only as the whole message, politeness and punctuation
 * aside: "Cancel!" stops the texts, "cancel my appointment" is for the desk. A wish to stop counts in any clear wording, the
 * two others only where nothing else is said.
 */
export function classifyKeyword(body: string): KeywordMatch | null {
  const message = plainWords(body);
  if (message === '') return stopSign.test(body) ? { keyword: 'stop', source: 'free-wording' } : null;
  const keyword = keywords.get(message);
  if (keyword !== undefined) return { keyword, source: 'keyword' };
  const wish = wishOf(body, message);
  return wish === null ? null : { keyword: wish, source: 'free-wording' };
}

function wishOf(body: string, message: string): Keyword | null {
  const clauses = body.split(clauseBreak).map((clause) => plainWords(clause));
  const spoken = clauses.filter((clause) => clause !== '');
  const saysStop = firstSentenceIsStop.test(body) || spoken.at(-1) === 'stop';
  if (saysStop || readsAsRevocation(message, spoken)) return 'stop';
  if (readsAsResumption(message)) return 'start';
  return asksAboutTheTexts(message) ? 'help' : null;
}

const clauseBreak = /[.!?¿¡,;:\n\r]+|\s[-–—]+\s|\p{Extended_Pictographic}+/u;
/** A message of signs alone that holds one of these. */
const stopSign = /[🛑⛔🚫📵]/u;
/**
 * "STOP. Who is this?" or a signature under it. A comma or a word after it is another matter: "stop by tomorrow?".
 * At the end the word stands for itself after a comma, too: "not interested, stop".
 */
const firstSentenceIsStop = /^\W*(?:please\s+)?(?:stop|alto|basta)(?:\s+please)?\s*(?:[.!]+(?:\s|$)|[\n\r])/iu;
