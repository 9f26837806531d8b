import { describe, expect, it } from '@jest/globals';
import { intentTagsOf } from './intent-tags.ts';
import { acceptName } from './patient-name.ts';
import { readPatientType } from './patient-type.ts';
import { readAnyTime, readDates, readDays } from './preferred-days.ts';
import { readMinutes } from './preferred-minutes.ts';
import { matchService } from './services.ts';

const friday = Temporal.PlainDate.from('2026-11-20');
const services = [
  { id: 'b', name: 'Botox', aliases: ['tox', 'fix my 11s', 'lip flip'] },
  { id: 'f', name: 'Dermal filler', aliases: ['filler', 'fillers', 'lip filler', 'lip injections'] },
  { id: 'l', name: 'Laser hair removal', aliases: ['laser', 'hair removal'] },
  { id: 'a', name: 'Facial', aliases: ['signature facial'] },
];

describe('the service that a text names', () => {
  it.each([
    ['botox please', 'b'],
    ['can you fix my 11s?', 'b'],
    ['lip injections', 'f'],
    ['LASER hair removal', 'l'],
    ['a facial', 'a'],
    ['facials', 'a'],
  ])('%s', (words, id) => expect(matchService(words, services)).toMatchObject({ kind: 'one', service: { id } }));

  it('is none when the words are only part of another word', () => {
    expect(matchService('detoxing', services)).toEqual({ kind: 'none' });
  });

  it('is asked for when several fit', () => {
    expect(matchService('botox and a facial', services)).toMatchObject({ kind: 'several' });
  });
});

describe('a first name', () => {
  const accept = (proposed: string, ...texts: string[]) =>
    acceptName(proposed, { texts, serviceWords: ['Botox', 'lip filler', 'weight loss'] });
  it.each([
    ['Jane', 'I am Jane'],
    ['jane', 'its jane'],
    ['Ana María', 'Soy Ana María'],
    ["O'Neil", 'name is O’Neil'],
    ['Jean-Luc', 'Jean-Luc here'],
  ])('%s is taken from "%s"', (name, text) => expect(accept(name, text)).toHaveProperty('name'));

  it.each([
    ['Jane', 'botox please'],
    ['in weight', "I'm in weight loss"],
    ['Botox', 'Botox'],
    ['rid', 'get rid of lines'],
    ['4805550123', '4805550123'],
    ['existing', "I'm existing"],
    ['Ann', 'Annabel here'],
    ['x'.repeat(50), 'x'.repeat(50)],
    ['Jane https://x.io', 'Jane https://x.io'],
  ])('%s is not taken from "%s"', (name, text) => expect(accept(name, text)).toHaveProperty('refused'));

  it('is written as a name', () => expect(accept('jane', 'jane')).toEqual({ name: 'Jane' }));
});

describe('new or returning', () => {
  it.each([
    ['new', null, 'new'],
    ["I'm new", null, 'new'],
    ['first time', null, 'new'],
    ["I've never been", null, 'new'],
    ["haven't been before", null, 'new'],
    ['I have been before', null, 'returning'],
    ["I'm an existing client", null, 'returning'],
    ['visited before', null, 'returning'],
    ['returning', null, 'returning'],
    ['Jane, botox, new', null, 'new'],
    ['yes', 'Have you been to us before?', 'returning'],
    ['nope', 'Have you been to us before?', 'new'],
    ['yes', 'Is this your first visit?', 'new'],
    ['no', 'Are you a new patient?', 'returning'],
    ['yes', 'Are you new or have you been here before?', null],
    ['yes', 'Would you like to book?', null],
    ['botox', null, null],
  ])('%s (after %s) says %s', (text, question, type) => expect(readPatientType(text, question)).toBe(type));
});

describe('days', () => {
  it.each([
    ['tuesday', [2]],
    ['tue-thu', [2, 3, 4]],
    ['Tues to Thurs', [2, 3, 4]],
    ['weekdays', [1, 2, 3, 4, 5]],
    ['weekends are best', [6, 7]],
    ['fri through mon', [1, 5, 6, 7]],
    ['mon or wed', [1, 3]],
    ['tomorrow', [6]],
    ['the 28th', [6]],
    ['Nov 24', [2]],
    ['11/24', [2]],
    ['End of the week works', [4, 5]],
    ['I am married', []],
    ['sunny day', []],
  ])('%s', (text, days) => expect(readDays(text, friday)).toEqual(days));

  it('takes a date as the next one of that name', () => {
    expect(readDates('the 5th', friday).map(String)).toEqual(['2026-12-05']);
    expect(readDates('the 20th', friday).map(String)).toEqual(['2026-11-20']);
    expect(readDates('the 99th', friday)).toEqual([]);
  });

  it.each(['any time', 'anytime', 'whenever works', "I'm flexible", 'Any day is fine', "doesn't matter"])(
    '%s leaves it to us',
    (text) => expect(readAnyTime(text)).toBe(true),
  );
  it('does not take silence for any time', () => expect(readAnyTime('tuesday at 3')).toBe(false));
});

describe('the time of day', () => {
  it.each([
    ['after 2:30', { from: 871, until: null }],
    ['After 3pm', { from: 901, until: null }],
    ['before noon', { from: null, until: 720 }],
    ['before 11', { from: null, until: 660 }],
    ['5-6pm', { from: 1020, until: 1080 }],
    ['between 10 and 2', { from: 600, until: 840 }],
    ['11am-1pm', { from: 660, until: 780 }],
    ['from 9 to 5', { from: 540, until: 1020 }],
    ['afternoons', { from: 720, until: 1020 }],
    ['mornings', { from: null, until: 720 }],
    ['evening', { from: 1020, until: null }],
    ['afternoon or evening', { from: 720, until: null }],
    ['3pm', { from: 900, until: 960 }],
    ['at 3', { from: 900, until: 960 }],
    ['2:30', { from: 870, until: 930 }],
    ['3 or later', { from: 900, until: null }],
    ['noon', { from: 720, until: 780 }],
    ['at three', { from: 900, until: 960 }],
    ['after work', { from: 960, until: null }],
    ['botox', null],
    ['I have 2 kids', null],
    ['tuesday', null],
  ])('%s', (text, minutes) => expect(readMinutes(text)).toEqual(minutes));
});

describe('the tags of a text', () => {
  it.each([
    ['How much is botox?', ['price-question']],
    ['botox price', ['price-question']],
    ['Quick question', ['needs-intent']],
    ['help', ['needs-intent']],
    ['Hi, I have a question', ['needs-intent']],
    ['Can you help me book botox', []],
    ['info on botox', []],
    ['is there a charge', []],
    ['', []],
  ])('%s', (text, tags) => expect(intentTagsOf(text, services)).toEqual(tags));
});
