const curly: [RegExp, string][] = [
  [/[\u2018\u2019\u201A\u201B\u02BC`]/g, "'"],
  [/[\u201C\u201D\u201E]/g, '"'],
  [/[\u2013\u2014\u2212]/g, '-'],
  [/\u2026/g, '...'],
  [/[\u00A0\u202F\u2009]/g, ' '],
];

/** Plain quotes, dashes and spaces, which also keep a text in the cheap SMS alphabet. */
export function straighten(text: string): string {
  return curly.reduce((plain, [fancy, simple]) => plain.replace(fancy, simple), text);
}

/** Lower case words with single spaces; an apostrophe counts as a space, so that "don't" is `don t`. */
export function plainWords(text: string): string {
  return straighten(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}$%:\p{Emoji_Presentation}]+/gu, ' ')
    .trim();
}

/** The parts of a text between marks; a question keeps its mark. */
export function clausesOf(text: string): string[] {
  return (
    straighten(text)
      .match(/[^.!?;\n]+[.!?;\n]*/g)
      ?.map((clause) =>
        clause.includes('?') ? `${clause.replace(/[.!?;\n]+$/, '').trim()}?` : clause.replace(/[.!;\n]+$/, '').trim(),
      )
      .filter((clause) => clause !== '' && clause !== '?') ?? []
  );
}

/** Whether the words occur in the text, as whole words. */
export function says(text: string, words: string): boolean {
  return ` ${plainWords(text)} `.includes(` ${plainWords(words)} `);
}
