import { describe, expect, it } from '@jest/globals';
import { createWaitingLine } from './waiting-line.ts';

const now = Temporal.Instant.from('2026-11-20T16:00:00Z');
const soon = now.add({ milliseconds: 100 });
const here = { channel: 'sms', number: '+14805550100', carrier: 'telnyx' } as const;
const beside = { channel: 'sms', number: '+14805550200', carrier: 'telnyx' } as const;
const elsewhere = { channel: 'sms', number: '+14805550300', carrier: 'twilio' } as const;

describe('a line of texts that wait for room', () => {
  it('keeps those behind it that would leave from the same number, and lets others pass', () => {
    const line = createWaitingLine();
    line.turnedAway({ ...here, whole: 'number', until: soon });
    expect([here, beside, elsewhere].map(line.isBusy)).toEqual([true, false, false]);
    expect(line.full(now)).toEqual({ places: [`sms ${here.number}`], carriers: [] });
  });

  it('keeps all of a carrier behind it when the carrier has no room', () => {
    const line = createWaitingLine();
    line.turnedAway({ ...here, whole: 'carrier', until: soon });
    expect([here, beside, elsewhere].map(line.isBusy)).toEqual([true, true, false]);
    expect(line.full(now)).toEqual({ places: [], carriers: ['telnyx'] });
  });

  it('stays until it has been worked through after there was room again', () => {
    const line = createWaitingLine();
    line.turnedAway({ ...here, whole: 'number', until: soon });
    line.worked(now);
    expect(line.full(soon).places).toEqual([]);
    expect(line.isBusy(here)).toBe(true);
    line.worked(soon);
    expect(line.isBusy(here)).toBe(false);
    expect(line.nextRoom()).toBeNull();
  });

  it('wakes whoever works through it', () => {
    let woken = 0;
    const line = createWaitingLine({ wake: () => (woken += 1) });
    line.turnedAway({ ...here, whole: 'number', until: soon });
    line.joined();
    expect(woken).toBe(2);
  });
});
