import { describe, expect, it } from '@jest/globals';
import { leavesBySms, type TextToNobody } from './sms-instead.ts';

const now = Temporal.Instant.from('2026-11-20T18:00:00Z');
const answer: TextToNobody = { class: 'reply', to: '+14805550123', line: '+14805550100', expiresAt: null };
const lately = now.subtract({ minutes: 5 });

describe('a text to somebody who is not on WhatsApp', () => {
  it.each<[string, Partial<TextToNobody>, Temporal.Instant | null, boolean]>([
    ['an answer leaves by SMS', {}, lately, true],
    ['a reminder leaves by SMS', { class: 'reminder' }, lately, true],
    ['marketing never does', { class: 'marketing' }, lately, false],
    [
      'the answer to a keyword does not: it is for the channel that it came by',
      { class: 'keyword-answer' },
      lately,
      false,
    ],
    ['nothing does to somebody without a number', { to: 'wa:US.1349' }, lately, false],
    ['nothing does without a line for it', { line: null }, lately, false],
    ['an answer of over an hour ago does not', {}, now.subtract({ minutes: 61 }), false],
    ['an answer that never left for WhatsApp does', {}, null, true],
    [
      'what has a time of its own does until then',
      { expiresAt: now.add({ hours: 1 }) },
      now.subtract({ hours: 9 }),
      true,
    ],
    ['what has had its time does not', { expiresAt: now }, lately, false],
  ])('%s', (_, change, triedAt, leaves) => {
    expect(leavesBySms({ ...answer, ...change }, { triedAt, now })).toBe(leaves);
  });
});
