import { plainWords, says, straighten } from '../understanding/words.ts';
import type { Records } from './records.ts';

/** Words that stand with a capital without naming anybody. */
const common = new Set(
  (
    'i i m i ll i d i ve ok okay stop help start hi hello hey thanks thank yes no sms am pm mr mrs ms dr md np rn us usa hsa fsa ' +
    'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february ' +
    'march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'english spanish christmas thanksgiving new year easter faq id tbd asap reply text ai'
  ).split(' '),
);
const starters = new Set(
  (
    'you how when where why if as so and but or yes no sure great perfect then for with we it that this she he they our your the everyone nobody someone who which what there here all both each one a an my ' +
    'their these those nothing anything everything something somebody anyone team staff treatment botox'
  ).split(' '),
);

const word = "[A-Z\\u00C0-\\u00DE][\\p{L}'-]+";
const titled = new RegExp(`\\b(?:Dr|Doctor|Nurse|Mr|Mrs|Ms|Prof)\\.? (${word}(?: ${word})?)`, 'gu');
const acting = new RegExp(
  `^(${word})(?: ${word})? (?:can|could|will|is|has|does|performs?|offers?|would|sees?|specializes|from)\\b`,
  'u',
);

/** Names in a sentence that no record holds: people, products, places. */
export function unknownNames(sentence: string, records: Records): string[] {
  const plain = straighten(sentence);
  const found: string[] = [];
  for (const [, name = ''] of plain.matchAll(titled)) {
    if (!isPractitioner(name, records)) found.push(name);
  }
  const first = acting.exec(plain)?.[1];
  if (first !== undefined && !starters.has(first.toLowerCase()) && !isKnown(first, records)) found.push(first);
  // The first word of a sentence, or of what is quoted, has its capital anyway.
  const inner = plain.replace(/^[^\p{L}]*[\p{L}'-]+/u, ' ').replace(/[:"(]\s*\p{Lu}[\p{L}'-]*/gu, ' ');
  for (const [name] of inner.matchAll(new RegExp(word, 'gu'))) if (!isKnown(name, records)) found.push(name);
  return [...new Set(found)];
}

function isPractitioner(name: string, { times, texts }: Records): boolean {
  const known = [...times.map(({ practitioner }) => practitioner), ...texts];
  return name.split(' ').every((part) => known.some((text) => says(text, part)));
}

function isKnown(name: string, { clinicName, services, times, texts, said }: Records): boolean {
  const parts = plainWords(name.replace(/'s$/, '')).split(' ');
  const known = [
    clinicName,
    ...services.flatMap((service) => [service.name, ...service.aliases]),
    ...times.map(({ practitioner }) => practitioner),
    ...texts,
    ...said,
  ];
  return parts.every(
    (part) =>
      part.length < 2 ||
      common.has(part) ||
      common.has(part.replace(/s$/, '')) ||
      known.some((text) => says(text, part) || says(text, part.replace(/s$/, ''))),
  );
}
