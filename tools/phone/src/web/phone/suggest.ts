import type { Persona } from '../../feed-items.ts';
import type { ThreadItem } from '../live/fold-feed.ts';

const mostSuggestions = 3;

/** What this person may say next: an opener while they said nothing, then what answers the desk's last text. */
export function suggest(persona: Persona, thread: readonly ThreadItem[]): string[] {
  const texts = thread.filter((item) => item.kind === 'text');
  const last = texts.at(-1);
  if (!texts.some(({ direction }) => direction === 'out')) return persona.openers.slice(0, mostSuggestions);
  if (last === undefined || last.direction === 'out') return [];
  const fitting = persona.answers.filter(({ when }) => new RegExp(when, 'i').test(last.text)).map(({ say }) => say);
  const fresh = fitting.filter((say) => !texts.some(({ text }) => text === say));
  return (fresh.length > 0 ? fresh : fitting).slice(0, mostSuggestions);
}
