import { shortenerHosts } from './shortener-hosts.ts';

/** A link as it stands in a text. */
export type Link = { text: string; scheme: string | null; host: string };

// Lower case only: "Great.So" and "see you.Care" are sentences whose space is missing.
const ending =
  'com|net|org|io|co|us|biz|info|link|app|site|shop|store|page|online|clinic|health|med|spa|care|dev|ai|tv|xyz';
const shortened = [...shortenerHosts].map((host) => RegExp.escape(host)).join('|');
const full = '(?<scheme>[a-z][a-z0-9+.-]*):\\/\\/(?:[^\\s\\/?#@]*@)?(?<host>[^\\s\\/?#:]+)';
const bare = `(?<![@\\w.-])(?<bare>(?:www\\.)?(?:${shortened})(?=\\/)|(?:[a-z0-9-]+\\.)+(?-i:${ending})(?![\\w@-]))`;
const link = new RegExp(`(?:${full}|${bare})(?::\\d+)?(?:[\\/?#]\\S*)?`, 'giu');

/** Every link of a text, with or without its scheme. Addresses of mail are none. */
export function linksIn(body: string): Link[] {
  return [...body.matchAll(link)].map(({ 0: whole, groups = {} }) => ({
    text: withoutMarks(whole),
    scheme: groups['scheme']?.toLowerCase() ?? null,
    host: withoutMarks(groups['host'] ?? groups['bare'] ?? '')
      .toLowerCase()
      .replace(/^www\./, ''),
  }));
}

/** The marks of the sentence around a link are no part of it. */
function withoutMarks(words: string): string {
  return words.replace(/[.,!?;:)\]}'"]+$/, '');
}
