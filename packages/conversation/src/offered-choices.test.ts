import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import type { DeskOffer } from './desk-ports.ts';
import { choicesOf, chosenOffer } from './offered-choices.ts';
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
