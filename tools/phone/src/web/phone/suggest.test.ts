import { describe, expect, it } from '@jest/globals';
import type { CallItem, TextItem } from '../../feed-items.ts';
import { personas } from '../../server/personas.ts';
import { suggest } from './suggest.ts';

const [ana] = personas;
if (ana === undefined) throw new Error('there is nobody to play');
let at = 0;
const text = (direction: TextItem['direction'], words: string): TextItem => {
  at += 1;
  return {
    kind: 'text',
    id: `t${at}`,
    personaId: 'ana',
    direction,
    text: words,
    at,
    state: 'received',
    answeredAt: null,
  };
};
const missed: CallItem = { kind: 'call', id: 'c', personaId: 'ana', state: 'missed', at: 0, endedAt: 1 };

describe('what a person may say next', () => {
  it('is an opener while they said nothing, also after a missed call was texted back', () => {
    expect(suggest(ana, [])).toEqual(ana.openers);
    expect(suggest(ana, [missed, text('in', 'Sorry we missed your call!')])).toEqual(ana.openers);
  });

  it('is nothing while the desk has yet to answer', () => {
    expect(suggest(ana, [text('out', 'Hi')])).toEqual([]);
  });

  it.each([
    ['May I have your first name?', 'I’m Ana'],
    ['Have you been to Radiance Medspa before, or is this your first visit?', 'I’m new'],
    [
      'I have Tue, Nov 24, 12 PM; Tue, Dec 1, 12 PM; or Tue, Dec 8, 12 PM. Which one works best?',
      'The first one, please',
    ],
    ['We take a $50 deposit. Shall I text you a secure payment link?', 'Yes, please send the link'],
    ['Which days and times work for you?', 'Tuesday or Thursday after 2'],
    ['Which treatment would you like?', 'Botox, please'],
  ])('answers "%s"', (asked, answer) => {
    expect(suggest(ana, [text('out', 'Hi'), text('in', asked)])[0]).toBe(answer);
  });

  it('is repeated only when nothing else fits', () => {
    const thread = [
      text('in', 'May I have your first name?'),
      text('out', 'I’m Ana'),
      text('in', 'Your name, please?'),
    ];
    expect(suggest(ana, thread)).toEqual(['I’m Ana']);
  });
});
