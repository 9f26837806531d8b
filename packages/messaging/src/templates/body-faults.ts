import { linksIn } from '../content/links.ts';
import { shortenerHosts } from '../content/shortener-hosts.ts';
import { placeholdersIn, wordsAround, type Placeholder } from './placeholders.ts';
import { longestBody } from './longest-body.ts';
import { promotionalWords } from './promotional-words.ts';
import type { TemplateFault, TemplateFaultCode } from './template-fault.ts';
import type { TemplateContent } from './template.ts';

type Rule = {
  code: TemplateFaultCode;
  mend: string;
  /** What is wrong. Null: nothing. */
  find: (body: Body) => string | null;
};
type Body = TemplateContent & { places: readonly Placeholder[]; clinicName: string };

const wayOut = /\b(?:STOP|ALTO|BAJA)\b/;

const rules: readonly Rule[] = [
  {
    code: 'empty',
    mend: 'write what the person is to read',
    find: ({ body }) => (body.trim() === '' ? 'it says nothing' : null),
  },
  {
    code: 'too-long',
    mend: `shorten it to ${longestBody} characters`,
    find: ({ body }) => (body.length > longestBody ? `it has ${body.length} characters` : null),
  },
  {
    code: 'malformed-placeholder',
    mend: 'write values as {{1}}, {{2}}, with two braces and a number, and no other braces',
    find: ({ body }) => (/[{}]/.test(wordsAround(body)) ? 'it has braces that are no value' : null),
  },
  {
    code: 'placeholder-at-edge',
    mend: 'put words before the first value and behind the last, more than a mark',
    find: ({ body, places }) => {
      const [first, last] = [places[0], places.at(-1)];
      if (first === undefined || last === undefined) return null;
      if (!hasWords(body.slice(0, first.start))) return 'it begins with a value';
      return hasWords(body.slice(last.end)) ? null : 'it ends with a value';
    },
  },
  {
    code: 'adjacent-placeholders',
    mend: 'put words between the values',
    find: ({ body, places }) =>
      places.some((place, index) => index > 0 && body.slice(places[index - 1]?.end, place.start).trim() === '')
        ? 'two values follow each other'
        : null,
  },
  {
    code: 'numbering-gap',
    mend: 'number the values 1, 2, 3 without a gap',
    find: ({ places }) => {
      const numbers = new Set(places.map(({ number }) => number));
      return [...numbers].some((number) => number < 1 || number > numbers.size) ? 'a number is left out' : null;
    },
  },
  {
    // UNVERIFIED: Meta says "too many variables for the length of the message" without the number; this one is what others found.
    code: 'too-few-words',
    mend: 'say more around the values, or leave some out: at least two words for each, and one more',
    find: ({ body, places }) => {
      const words = wordsAround(body).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
      return places.length > 0 && words < 2 * places.length + 1 ? 'it has too many values for its length' : null;
    },
  },
  {
    code: 'white-space',
    mend: 'use at most one empty line, no tabs, and no more than three spaces in a row',
    find: ({ body }) => (/\n{3,}|\t| {4,}/.test(body) ? 'it has more white space than is taken' : null),
  },
  {
    code: 'promotional-words',
    mend: 'leave the advertisement out, or make the category marketing',
    find: ({ body, category }) => {
      const words = category === 'utility' ? promotionalWords(body) : null;
      return words === null ? null : `“${words}” makes it an advertisement, which utility may not be`;
    },
  },
  {
    code: 'shortened-link',
    mend: 'give the full address',
    find: ({ body }) => {
      const short = linksIn(body).find(({ host }) => shortenerHosts.has(host));
      return short === undefined ? null : `${short.text} is a shortened link`;
    },
  },
  {
    code: 'whatsapp-link',
    mend: 'leave it out: the person is on WhatsApp already',
    find: ({ body }) => (linksIn(body).some(({ host }) => host === 'wa.me') ? 'it has a link to WhatsApp' : null),
  },
  {
    code: 'no-clinic-name',
    mend: 'say who writes: put the clinic’s name, or the value clinic, into it',
    find: ({ body, valueNames, clinicName }) =>
      valueNames.includes('clinic') || body.toLowerCase().includes(clinicName.toLowerCase())
        ? null
        : 'it does not say which clinic writes',
  },
  {
    code: 'no-way-out',
    mend: 'end with words such as: Reply STOP to opt out',
    find: ({ body, category }) =>
      category === 'marketing' && !wayOut.test(body) ? 'it does not say how marketing is ended' : null,
  },
];

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** What is wrong with the words of a template. */
export function bodyFaults(template: TemplateContent, clinicName: string): TemplateFault[] {
  const body: Body = { ...template, places: placeholdersIn(template.body), clinicName };
  return rules.flatMap(({ code, mend, find }) => {
    const detail = find(body);
    return detail === null ? [] : [{ field: '/body', code, detail, mend }];
  });
}
