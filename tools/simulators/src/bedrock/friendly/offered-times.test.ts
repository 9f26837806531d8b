import { describe, expect, it } from '@jest/globals';
import { pickTime } from './offered-times.ts';
import { threeTimes } from './test-request.ts';

const today = Temporal.PlainDate.from('2026-11-20');

function picked(said: string, choosing = true): string[] {
  const pick = pickTime(said, threeTimes, today, choosing);
  if (pick.kind === 'one') return [pick.time.timeId];
  return pick.kind === 'some' ? pick.times.map(({ timeId }) => timeId) : [];
}

describe('words for one of t1 (Tue 2:30 PM), t2 (Tue 4 PM), t3 (Thu 10:15 AM)', () => {
  it.each([
    ['the first', ['t1']],
    ['1', ['t1']],
    ['#2 please', ['t2']],
    ["I'll take 3", ['t3']],
    ['option 2', ['t2']],
    ['the last one', ['t3']],
    ['2:30', ['t1']],
    ['2:30pm works', ['t1']],
    ['4', ['t2']],
    ['at 4', ['t2']],
    ['can I do 10:15?', ['t3']],
    ['Thursday', ['t3']],
    ['thurs morning is great', ['t3']],
    ['the 26th', ['t3']],
    ['Nov 26', ['t3']],
    ['the one with Amanda', ['t2']],
    ['tuesday at 4', ['t2']],
    ['earliest please', ['t1']],
    ['the later one', ['t3']],
    ['Tuesday works', ['t1', 't2']],
    ['with jessica', ['t1', 't3']],
    ['sounds good', ['t1', 't2', 't3']],
    ['Friday', []],
    ['2:45', []],
    ['none of those work', []],
    ['anything later?', []],
    ['after 3', []],
    ['is this my first visit?', []],
    ['how much is it', []],
  ])('"%s"', (said, ids) => {
    expect(picked(said)).toEqual(ids);
  });

  it('count less while a time is already held: a plain ok is about something else', () => {
    expect(picked('ok thanks', false)).toEqual([]);
    expect(picked('actually Thursday', false)).toEqual(['t3']);
  });
});
