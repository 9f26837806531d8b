import { longestReply } from '../rules.ts';
import { straighten } from '../understanding/words.ts';

/** A reply as it may be texted: no markdown, plain quotes and dashes, no longer than a text should be. */
export function asText(reply: string, longest = longestReply): string {
  const plain = straighten(reply.replace(/```[^\n]*\n?|`/g, ''))
    .replace(/!?\[([^\]]*)\]\(([^)]*)\)/g, '$1 $2')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
    .replace(/^\s{0,3}(#{1,6}|>|[-*\u2022]|\d+[.)])\s+/gm, '')
    .replace(/(\*\*|__|~~)(.*?)\1/gs, '$2')
    .replace(/(^|[\s(])[*_]([^*_\n]+)[*_](?=[\s).,!?]|$)/g, '$1$2')
    .replace(/[*#]{2,}/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  return shorten(plain, longest);
}

/** Cuts at the end of a sentence, or of a word where one sentence is too long. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  const end = Math.max(...['. ', '! ', '? '].map((mark) => cut.lastIndexOf(mark)));
  if (end > longest / 3) return cut.slice(0, end + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).trimEnd();
}
