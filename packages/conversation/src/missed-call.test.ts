import { describe, expect, it } from '@jest/globals';
import { judgeCall, type EndedCall } from './missed-call.ts';

const missed: EndedCall = {
  answeredAt: null,
  hangupCause: 'originator_cancel',
  callerCanBeTexted: true,
  fromStaff: false,
  fromClinic: false,
  optedOut: false,
  missedCallText: true,
  textedForACallLately: false,
  textingNow: false,
};
const answeredAt = Temporal.Instant.from('2026-11-20T17:00:00Z');

describe('a call that ended', () => {
  it.each([
    'originator_cancel',
    'timeout',
    'no_answer',
    'user_busy',
    'call_rejected',
    'normal_clearing',
    'unspecified',
    'busy',
    'no-answer',
    'canceled',
    'failed',
    null,
  ])('unanswered by %s was missed', (hangupCause) => expect(judgeCall({ ...missed, hangupCause })).toBe('missed'));

  it.each(['normal_clearing', 'originator_cancel', 'timeout', 'time_limit', 'user_busy', null])(
    'after somebody answered it was not missed, though it ended by %s',
    (hangupCause) => expect(judgeCall({ ...missed, hangupCause, answeredAt })).toBe('answered'),
  );

  it('that ran into the limit of its length had been taken', () => {
    expect(judgeCall({ ...missed, hangupCause: 'time_limit' })).toBe('answered');
  });

  it.each([
    ['from nobody who can be texted', { callerCanBeTexted: false }],
    ['from staff', { fromStaff: true }],
    ['from a number of the clinic', { fromClinic: true }],
    ['from somebody who opted out', { optedOut: true }],
    ['to a clinic that wants no such text', { missedCallText: false }],
    ['from somebody who was texted for a call just before', { textedForACallLately: true }],
    ['from somebody who is texting with the desk', { textingNow: true }],
    ['that never reached the number', { hangupCause: 'not_found' }],
  ])('%s is left alone', (_, change) => expect(judgeCall({ ...missed, ...change })).toBe('ignored'));
});
