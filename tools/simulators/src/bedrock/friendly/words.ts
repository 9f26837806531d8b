/** Lower case with plain apostrophes and dashes, one space between words. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[’‘`]/g, "'").replaceAll(/[–—]/g, '-').replaceAll(/\s+/g, ' ').trim();
}

/** The text with each match of `pattern` blanked out, so that what is found once is not found again. */
export function without(text: string, pattern: RegExp): string {
  return text.replaceAll(new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`), ' ');
}

/** A pattern that finds the words as whole words. */
export function wholeWords(words: string, suffix = ''): RegExp {
  return new RegExp(`(?<![\\w'])${words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}${suffix}(?![\\w])`, 'i');
}

export const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `Ana`, `Ana and Ben`, `Ana, Ben and Cleo` */
export function listed(words: readonly string[], joint = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;
}
