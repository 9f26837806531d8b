import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import type { DeskAppointment, DeskOffer } from './desk-ports.ts';
import { choicesNamedIn, choicesOf, chosenOffer } from './offered-choices.ts';
import type { UnansweredText } from './turn.ts';

const offer = (startsAt: string, practitionerName = 'Dr. Lee'): DeskOffer => ({
  id: newId(),
  serviceId: newId(),
  practitionerId: newId(),
  practitionerName,
  startsAt: Temporal.Instant.from(startsAt),
  endsAt: Temporal.Instant.from(startsAt).add({ minutes: 30 }),
});
const text = (choiceId: string | null, body = 'Tue Nov 24 2:30 PM'): UnansweredText => ({
  id: newId(),
  seq: 1,
  body,
  hasCardNumber: false,
  choiceId,
  attachments: [],
});

describe('times to tap', () => {
  it('say the time by themselves, short enough for a button, and name their offer', () => {
    const offers = [offer('2026-11-24T21:30:00Z'), offer('2026-12-30T17:00:00Z')];
    expect(choicesOf(offers, 'America/Phoenix')).toEqual([
      { id: `offer:${offers[0]?.id}`, title: 'Tue Nov 24 2:30 PM' },
      { id: `offer:${offers[1]?.id}`, title: 'Wed Dec 30 10 AM' },
    ]);
  });

  it('say with whom where two would read the same', () => {
    const offers = [offer('2026-11-24T21:30:00Z'), offer('2026-11-24T21:30:00Z', 'Dr. Diaz')];
    expect(choicesOf(offers, 'America/Phoenix').map(({ description }) => description)).toEqual([
      'with Dr. Lee',
      'with Dr. Diaz',
    ]);
  });
});

describe('a reply', () => {
  const noons = ['2026-11-23T19:00:00Z', '2026-11-24T19:00:00Z', '2026-11-25T19:00:00Z'].map((at) => offer(at));
  const [monday = offer('2026-11-23T19:00:00Z')] = noons;
  const titles = (body: string, appointment: DeskAppointment | null = null) =>
    choicesNamedIn(body, {
      offers: [...noons, offer('2026-11-25T21:30:00Z')],
      appointment,
      timeZone: 'America/Phoenix',
      now: Temporal.Instant.from('2026-11-22T16:00:00Z'),
    }).map(({ title }) => title);

  it.each<[string, string[]]>([
    ['I have Mon, Nov 23, 12 PM or Wed, Nov 25, 2:30 PM.', ['Mon Nov 23 12 PM', 'Wed Nov 25 2:30 PM']],
    ['Tomorrow at noon, or Tuesday at 12?', ['Mon Nov 23 12 PM', 'Tue Nov 24 12 PM']],
    ['At noon I have Monday, Tuesday and Wednesday.', ['Mon Nov 23 12 PM', 'Tue Nov 24 12 PM', 'Wed Nov 25 12 PM']],
    ['2:30 PM it is?', ['Wed Nov 25 2:30 PM']],
    ['For Tuesday, Nov 24:\n- 12 PM\nFor Wed, Nov 25:\n- 2:30 PM', ['Tue Nov 24 12 PM', 'Wed Nov 25 2:30 PM']],
    ['Mon 11/23 12 PM or Wed 11/25 2:30 PM?', ['Mon Nov 23 12 PM', 'Wed Nov 25 2:30 PM']],
    ['Friday at noon we are closed.', []],
    ['Which day suits you?', []],
  ])('lets the times be tapped that it names, on the days that it names: %s', (body, expected) => {
    expect(titles(body)).toEqual(expected);
  });

  it.each<[DeskAppointment['state'], string[]]>([
    ['held', []],
    ['confirmed', []],
    ['expired', ['Mon Nov 23 12 PM']],
    ['cancelled', ['Mon Nov 23 12 PM']],
  ])('lets a time that is %s be tapped again only when it is theirs no more', (state, expected) => {
    expect(titles('You have Mon, Nov 23, 12 PM.', { ...monday, state })).toEqual(expected);
  });
});

describe('a text that was tapped', () => {
  const id = newId();
  it.each<[string, (string | null)[], string | null]>([
    ['names its offer', [`offer:${id}`], id],
    ['counts as the last word only', [`offer:${id}`, null], null],
    ['replaces an earlier one', [`offer:${newId()}`, `offer:${id}`], id],
    ['is none when it was a button of something else', ['keep'], null],
    ['is none when its offer has no id', ['offer:; drop table'], null],
    ['is none when it was written', [null], null],
  ])('%s', (_, choices, chosen) => {
    expect(chosenOffer({ texts: choices.map((each) => text(each)), lastChoices: [] })).toBe(chosen);
  });
});

describe('the number of a time in a list', () => {
  const [first, second] = [newId(), newId()];
  const lastChoices = [`offer:${first}`, `offer:${second}`];
  it.each<[string, string | null]>([
    ['2', second],
    [' #1. ', first],
    ['2)', second],
    ['3', null],
    ['0', null],
    ['2 pm', null],
    ['2:30', null],
    ['', null],
  ])('%j names an offer: %s', (body, chosen) => {
    expect(chosenOffer({ texts: [text(null, body)], lastChoices })).toBe(chosen);
  });

  it('says nothing where no list was', () => {
    expect(chosenOffer({ texts: [text(null, '2')], lastChoices: [] })).toBeNull();
  });
});
