import { filteredWords, type FilterCode } from './filtered-words.ts';
import { linksIn } from './links.ts';
import { shortenerHosts } from './shortener-hosts.ts';

/** Why carriers may hold a text back. It is warned of, never blocked: their filters are not published. */
export type ContentWarning = {
  code: ContentWarningCode;
  /** In the text's own words, to show whoever wrote it. Never logged. */
  found: string;
  /** What to do about it, for whoever wrote it. */
  advice: string;
};
export type ContentWarningCode = FilterCode | 'link-shortener' | 'all-capitals' | 'free-shouted' | 'many-marks';

type Rule = { code: ContentWarningCode; advice: string; find: (body: string) => string | undefined };

const first = (pattern: RegExp) => (body: string) => pattern.exec(body)?.[0];

const rules: readonly Rule[] = [
  ...filteredWords.map(({ code, advice, words }): Rule => {
    const anyWord = words.map((word) => RegExp.escape(word)).join('|');
    return { code, advice, find: first(new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyWord})(?![\\p{L}\\p{N}])`, 'iu')) };
  }),
  {
    code: 'link-shortener',
    advice: 'Carriers hold back links of public shorteners; give the full address.',
    find: (body) => linksIn(body).find(({ host }) => shortenerHosts.has(host))?.text,
  },
  {
    code: 'all-capitals',
    advice: 'Write in sentences; capitals read as spam to carriers’ filters.',
    // Names of days, states and units are short; STOP and HELP stand in the opt-out notice.
    find: first(/\b(?!STOP\b|HELP\b|START\b)\p{Lu}{3,}(?:[\s,]+(?!STOP\b|HELP\b|START\b)\p{Lu}{3,}){2,}/u),
  },
  {
    code: 'free-shouted',
    advice: 'Write "free" without capitals and exclamation marks, or say what it includes.',
    find: (body) => first(/\bfree\b[^.!?\n]{0,20}!{2,}/i)(body) ?? first(/\bFREE\b/)(body),
  },
  {
    code: 'many-marks',
    advice: 'One exclamation or question mark is enough.',
    find: first(/[!?]{3,}|\${2,}/),
  },
];

export function contentWarnings(body: string): ContentWarning[] {
  return rules.flatMap(({ code, advice, find }) => {
    const found = find(body);
    return found === undefined ? [] : [{ code, found, advice }];
  });
}
