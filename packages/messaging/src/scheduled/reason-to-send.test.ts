import { describe, expect, it } from '@jest/globals';
import { judgeScheduledText, type DueText } from './reason-to-send.ts';

const dueAt = Temporal.Instant.from('2026-11-23T17:00:00Z');
const reminder: DueText = {
  kind: 'visit-reminder',
  dueAt,
  expiresAt: dueAt.add({ hours: 23 }),
  optedOut: false,
  visitChanged: false,
  personWrote: false,
  hasVisit: true,
  followedUp: false,
  handedOver: false,
};
const followUp: DueText = { ...reminder, kind: 'offer-follow-up', hasVisit: false };
const judge = (text: DueText, minutesLater = 1) => judgeScheduledText(text, dueAt.add({ minutes: minutesLater }));

describe('a scheduled text that is due', () => {
  it('is asked for, also late, while it makes sense', () => {
    expect(judge(reminder)).toEqual({ kind: 'ask' });
    expect(judge(reminder, 22 * 60)).toEqual({ kind: 'ask' });
    expect(judge(reminder, 23 * 60)).toEqual({ kind: 'drop', reason: 'too-late' });
  });

  it('is left alone before its time', () => {
    expect(judge(reminder, -1)).toEqual({ kind: 'not-due' });
    expect(judge({ ...reminder, visitChanged: true }, -1)).toEqual({ kind: 'not-due' });
  });

  it.each(['visit-reminder', 'visit-follow-up', 'offer-follow-up'] as const)('%s is none for who opted out', (kind) => {
    expect(judge({ ...followUp, kind, optedOut: true })).toEqual({ kind: 'drop', reason: 'opted-out' });
  });

  it('may come back when its visit is moved back', () => {
    expect(judge({ ...reminder, visitChanged: true })).toEqual({ kind: 'cancel', reason: 'visit-changed' });
    expect(judge({ ...reminder, visitChanged: true }, 48 * 60)).toMatchObject({ kind: 'cancel' });
  });
});

describe('a reminder', () => {
  it('leaves although the person wrote, has a visit, or talks with the team', () => {
    const busy = { ...reminder, personWrote: true, followedUp: true, handedOver: true };
    expect(judge(busy)).toEqual({ kind: 'ask' });
  });
});

describe('a follow-up on an offer', () => {
  it.each([
    ['personWrote', 'person-wrote'],
    ['hasVisit', 'has-visit'],
    ['handedOver', 'handed-over'],
    ['followedUp', 'followed-up'],
  ] as const)('has no reason any more: %s', (fact, reason) => {
    expect(judge(followUp)).toEqual({ kind: 'ask' });
    expect(judge({ ...followUp, [fact]: true })).toEqual({ kind: 'drop', reason });
  });
});
