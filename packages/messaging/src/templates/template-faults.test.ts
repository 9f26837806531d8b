import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { valuesOfKinds } from '../whatsapp/template-values.ts';
import { readyMadeTemplates } from './ready-made.ts';
import type { TemplateFaultCode } from './template-fault.ts';
import { templateFaults } from './template-faults.ts';
import type { TemplateContent } from './template.ts';

const clinicName = 'Radiance Medspa';
const good: TemplateContent = {
  name: 'visit_reminder',
  language: 'en_US',
  category: 'utility',
  kinds: ['visit-reminder'],
  body: 'Reminder from {{1}}: your visit is on {{2}}. Reply here to change it.',
  valueNames: ['clinic', 'day'],
  examples: ['Radiance Medspa', 'Tue, Nov 24'],
  choices: [],
};
const found = (change: Partial<TemplateContent>) =>
  templateFaults({ ...good, ...change }, { clinicName }).map(({ field, code }) => [field, code]);

/** The same words, with values of the kind. */
const body = (words: string) => ({ body: words });
const marketing = { category: 'marketing', kinds: ['visit-follow-up'] } as const;

describe('a template before it is submitted', () => {
  it('has nothing to mend when it is good', () => {
    expect(found({})).toEqual([]);
  });

  it.each<[string, Partial<TemplateContent>, string, TemplateFaultCode]>([
    ['capitals in its name', { name: 'VisitReminder' }, '/name', 'name-characters'],
    ['spaces in its name', { name: 'visit reminder' }, '/name', 'name-characters'],
    ['a name that is too long', { name: 'a'.repeat(513) }, '/name', 'name-characters'],
    ['no code of a language', { language: 'english' }, '/language', 'language-code'],
    [
      'a value at its beginning',
      body('{{1}} reminds you of your visit to us on {{2}}, see you there.'),
      '/body',
      'placeholder-at-edge',
    ],
    ['a value at its end', body('This is {{1}}, your visit with our team is on {{2}}'), '/body', 'placeholder-at-edge'],
    [
      'a value and a mark at its end',
      body('This is {{1}}, your visit with our team is on {{2}}.'),
      '/body',
      'placeholder-at-edge',
    ],
    [
      'two values in a row',
      body('Reminder from our desk at {{1}} {{2}} for your next visit to us.'),
      '/body',
      'adjacent-placeholders',
    ],
    [
      'a gap in the numbers',
      body('Reminder from {{1}}: your visit is on {{3}}. Reply here to change it.'),
      '/body',
      'numbering-gap',
    ],
    [
      'a zero among the numbers',
      body('Reminder from {{0}}: your visit is on {{1}}. Reply here to change it.'),
      '/body',
      'numbering-gap',
    ],
    [
      'a name in the place of a number',
      body('Reminder from {{clinic}}, {{1}} and {{2}} for your next visit to us.'),
      '/body',
      'malformed-placeholder',
    ],
    [
      'one brace',
      body('Reminder from {1}: of {{1}} and {{2}} your visit. Reply here to change it.'),
      '/body',
      'malformed-placeholder',
    ],
    ['more values than words', body('From {{1}} on {{2}} soon'), '/body', 'too-few-words'],
    ['a body that is too long', body(`${good.body} ${'word '.repeat(200)}`), '/body', 'too-long'],
    ['many empty lines', body(`${good.body}\n\n\nThank you.`), '/body', 'white-space'],
    ['an advertisement', body(`${good.body} Ask for our 20% discount.`), '/body', 'promotional-words'],
    ['an advertisement in Spanish', body(`${good.body} Pregunte por nuestra oferta.`), '/body', 'promotional-words'],
    ['a shortened link', body(`${good.body} See bit.ly/abc for it.`), '/body', 'shortened-link'],
    ['a link to WhatsApp', body(`${good.body} Write to https://wa.me/15550100 then.`), '/body', 'whatsapp-link'],
    ['no example', { examples: ['Radiance Medspa'] }, '/examples/1', 'missing-example'],
    ['an empty example', { examples: ['Radiance Medspa', ' '] }, '/examples/1', 'missing-example'],
    ['an example too many', { examples: [...good.examples, 'x'] }, '/examples/2', 'bad-example'],
    ['a value in an example', { examples: ['Radiance Medspa', '{{2}}'] }, '/examples/1', 'bad-example'],
    ['a kind that there is not', { kinds: ['visit-reminder', 'birthday'] }, '/kinds/1', 'unknown-kind'],
    ['a value that its texts do not have', { valueNames: ['clinic', 'amount'] }, '/valueNames/1', 'unknown-value'],
    [
      'a long reply to choose',
      { choices: [{ id: 'a', title: 'Yes, I will be there for sure' }] },
      '/choices/0/title',
      'choices',
    ],
  ])('is told of %s', (_, change, field, code) => {
    expect(found(change)).toEqual([[field, code]]);
  });

  it('is told when it does not say who writes', () => {
    const unnamed = {
      body: 'Your visit is on {{1}}. Reply here to change it.',
      valueNames: ['day'],
      examples: ['Tue'],
    };
    expect(found(unnamed)).toEqual([['/body', 'no-clinic-name']]);
    expect(found({ ...unnamed, body: `${clinicName}: ${unnamed.body}` })).toEqual([]);
  });

  it('is told when it says nothing at all', () => {
    expect(found({ body: ' ', valueNames: [], examples: [] })).toContainEqual(['/body', 'empty']);
  });

  it('is told when marketing shows no way out', () => {
    const words = 'News from {{1}} for you: {{2}} See you soon again.';
    const values = { valueNames: ['clinic', 'text'], examples: ['Radiance Medspa', 'a new team'] };
    expect(found({ ...marketing, ...values, body: words })).toEqual([['/body', 'no-way-out']]);
    expect(found({ ...marketing, ...values, body: `${words} Reply STOP to opt out.` })).toEqual([]);
  });

  it('may advertise where it is marketing', () => {
    const words = 'News from {{1}}: ask us about a 20% discount. Reply STOP to opt out.';
    expect(found({ ...marketing, body: words, valueNames: ['clinic'], examples: ['Radiance Medspa'] })).toEqual([]);
  });

  it('that has a free time is no advertisement', () => {
    expect(found(body('This is {{1}}, a time on {{2}} is free now. Reply here to take it.'))).toEqual([]);
  });
});

describe('the ready-made templates', () => {
  const orgId = newId();
  const all = readyMadeTemplates({ orgId, clinicName });

  it('have nothing to mend', () => {
    expect(all.flatMap((each) => templateFaults(each, { clinicName }).map((fault) => [each.name, fault]))).toEqual([]);
  });

  it('say each kind of text that leaves by itself, in English and Spanish', () => {
    for (const language of ['en_US', 'es']) {
      const kinds = new Set(all.filter((each) => each.language === language).flatMap((each) => each.kinds));
      expect([...kinds].toSorted()).toEqual(Object.keys(valuesOfKinds).toSorted());
    }
  });

  it('have a name of their own in each language, which no other clinic’s has', () => {
    const names = new Set(all.map(({ name, language }) => `${name} ${language}`));
    expect(names.size).toBe(all.length);
    const others = new Set(readyMadeTemplates({ orgId: newId(), clinicName }).map(({ name }) => name));
    expect(all.some(({ name }) => others.has(name))).toBe(false);
  });

  it('say who writes, and how marketing is ended', () => {
    for (const each of all) {
      expect(each.valueNames).toContain('clinic');
      if (each.category === 'marketing') expect(each.body).toContain('STOP');
    }
  });
});
