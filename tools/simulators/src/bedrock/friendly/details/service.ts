import type { DeskFacts } from '../desk-facts.ts';
import { plain, wholeWords } from '../words.ts';

/** Words of their own that are one letter away from a treatment. */
const ordinaryWords = new Set([
  'later',
  'layer',
  'loser',
  'lasts',
  'filter',
  'killer',
  'fuller',
  'feel',
  'peek',
  'facil',
]);

type Service = DeskFacts['clinic']['services'][number];

/** The clinic's service that the words name, by its name or an alias, with a plural or one slip of the finger. */
export function findService(said: string, services: readonly Service[]): string | undefined {
  const text = plain(said);
  const spellings = services
    .flatMap(({ name, aliases }) => [name, ...aliases].map((spelling) => ({ name, spelling: plain(spelling) })))
    .toSorted((a, b) => b.spelling.length - a.spelling.length);
  const exact = spellings.find(({ spelling }) => wholeWords(spelling, '(?:s|es)?').test(text));
  if (exact !== undefined) return exact.name;
  const words = text.split(/[^a-z]+/).filter((word) => word.length >= 4 && !ordinaryWords.has(word));
  return spellings.find(({ spelling }) => spelling.length >= 5 && words.some((word) => oneSlip(word, spelling)))?.name;
}

/** Whether one letter was left out, added, changed or swapped with its neighbour. */
function oneSlip(word: string, spelling: string): boolean {
  if (Math.abs(word.length - spelling.length) > 1 || word[0] !== spelling[0]) return false;
  let start = 0;
  while (start < word.length && word[start] === spelling[start]) start += 1;
  const [rest, wanted] = [word.slice(start), spelling.slice(start)];
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2))
  );
}
