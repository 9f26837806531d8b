import { matchService } from './services.ts';
import { clausesOf, plainWords } from './words.ts';

type Named = { id: string; name: string; aliases: readonly string[] };

const price = /\b(how much|price[sd]?|pricing|cost|costs|rates?|fees?)\b|\$/;
const vague =
  /^(hi |hello |hey )?((i have )?(a )?(quick )?question|help( me)?|info|information|i need (some )?(help|info)|can you help( me)?|more info)( please)?$/;

/** What a text tells of the person's intent, for the people who look at leads. */
export function intentTagsOf(body: string, services: readonly Named[]): ('price-question' | 'needs-intent')[] {
  const words = plainWords(body);
  const tags: ('price-question' | 'needs-intent')[] = [];
  if (price.test(words) && (matchService(body, services).kind !== 'none' || /\bhow much\b/.test(words))) {
    tags.push('price-question');
  }
  if (clausesOf(body).length > 0 && clausesOf(body).every((clause) => vague.test(plainWords(clause)))) {
    tags.push('needs-intent');
  }
  return tags;
}
