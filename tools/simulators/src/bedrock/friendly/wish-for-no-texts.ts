import { plain } from './words.ts';

/** Ways to ask for no more texts that no list of wordings has, since they tell a story or hint at it. */
const hints =
  /\bcross me off\b|\b(some|a little|a bit of) (silence|quiet|peace)\b.*\b(from|of) you\b|\b(silence|quiet|peace) from (you|y'?all)\b|\bforget (that )?(i|we) (ever )?(exist|was|were)\b|\bse olviden de m[i\u00ed](?!\w)|\b(my|the) phone (won'?t|doesn'?t) stop buzzing because of you\b|\b(passed away|died)\b.*\b(no need|nothing (more|else)|not needed)\b|\bpretend you never had my number\b/;

/** The person's own words that ask for no more texts, if they do. */
export function wishForNoTexts(said: string): string | undefined {
  return said
    .split('\n')
    .find((line) => hints.test(plain(line)))
    ?.slice(0, 500);
}
