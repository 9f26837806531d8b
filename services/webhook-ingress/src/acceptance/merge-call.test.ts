import { describe, expect, it } from '@jest/globals';
import { parsePhoneNumber } from '@frontdesk/kernel';
import { mergeCall, unknownCall } from './merge-call.ts';

const now = Temporal.Instant.from('2026-11-20T16:00:20Z');
const at = (second: number) => now.subtract({ seconds: 20 - second });
const step = (name: 'started' | 'answered' | 'ended', second: number, cause: string | null = null) => ({
  kind: 'call' as const,
  step: name,
  sessionId: 'ses-1',
  from: parsePhoneNumber('+15125550100'),
  at: at(second),
  hangupCause: cause,
  parkedCallControlId: null,
});

describe('a call', () => {
  it('ends with its first hang-up', () => {
    const ended = mergeCall(unknownCall, step('ended', 19, 'originator_cancel'), now);
    expect(mergeCall(ended, step('ended', 20, 'normal_clearing'), now.add({ seconds: 5 }))).toEqual(ended);
    expect(ended.decideAt).toEqual(now.add({ seconds: 2 }));
  });

  it('is answered when the first leg was', () => {
    const bridged = mergeCall(unknownCall, step('answered', 8), now);
    expect(mergeCall(bridged, step('answered', 5), now).answeredAt).toEqual(at(5));
    expect(mergeCall(bridged, step('answered', 9), now).answeredAt).toEqual(at(8));
  });

  it('is answered when its end alone says so', () => {
    const taken = mergeCall(unknownCall, { ...step('ended', 19, 'completed'), wasAnswered: true }, now);
    expect(taken).toMatchObject({ answeredAt: at(19), endedAt: at(19) });
  });

  it('stays missed when the end that came first says so', () => {
    const missed = mergeCall(unknownCall, step('ended', 18, 'no-answer'), now);
    const later = mergeCall(missed, { ...step('ended', 19, 'completed'), wasAnswered: true }, now);
    expect(later).toMatchObject({ answeredAt: null, hangupCause: 'no-answer' });
  });

  it('learns its caller from whichever step names one', () => {
    const hidden = mergeCall(unknownCall, { ...step('started', 0), from: null }, now);
    expect(mergeCall(hidden, step('ended', 19), now).fromNumber).toBe('+15125550100');
  });
});
