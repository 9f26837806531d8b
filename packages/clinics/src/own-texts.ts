import { z } from 'zod';

/** Two texts of the cheap alphabet hold this many characters. */
const longest = 306;
const link = /https?:|www\.|\.(?:com|net|org|link|ly|co)\b/i;

/** A text that the clinic words itself. What the law wants in it stays in it, whoever writes it. */
const text = (wants: RegExp, what: string) =>
  z
    .string()
    .trim()
    .min(20)
    .max(longest)
    .refine((given) => wants.test(given), `it must say ${what}`)
    .refine((given) => !link.test(given), 'it must hold no link');

const inLanguages = (wants: RegExp, what: string) =>
  z.strictObject({ en: text(wants, what).optional(), es: text(wants, what).optional() });

/** The clinic's own answers to STOP, HELP and START; what is left out the desk words. */
export const keywordTexts = z.strictObject({
  stop: inLanguages(/\bSTART\b/, 'how texts are resumed: START').optional(),
  help: inLanguages(
    /(?=.*\bSTOP\b)(?=.*\d{3}\D{0,3}\d{4})/s,
    'how texts are stopped, STOP, and a number to call',
  ).optional(),
  start: inLanguages(/\bSTOP\b/, 'how texts are stopped: STOP').optional(),
});

/** The text to whoever called in vain. */
export const missedCallText = text(
  /\b(?:reply|text|send|responda|env[ií]e)\b[^.!?\n]{0,20}\bSTOP\b/i,
  'how texts are stopped, as in: Reply STOP to end texts',
);

/** Each of them must say who writes. */
export function textsWithoutName({
  name,
  keywordTexts: own = {},
  missedCallText: missed,
}: {
  name: string;
  keywordTexts?: z.infer<typeof keywordTexts> | undefined;
  missedCallText?: string | null | undefined;
}): (string | number)[][] {
  const ofKeywords = Object.entries(own).flatMap(([keyword, texts]) =>
    Object.entries(texts ?? {}).map(([language, words]) => ({ path: ['keywordTexts', keyword, language], words })),
  );
  const all = [
    ...ofKeywords,
    ...(missed === null || missed === undefined ? [] : [{ path: ['missedCallText'], words: missed }]),
  ];
  return all.filter(({ words }) => words !== undefined && !words.includes(name)).map(({ path }) => path);
}
