import { describe, expect, it } from '@jest/globals';
import { nextAct, type SenderAct } from './next-act.ts';
import {
  moveSender,
  senderStates,
  senderSteps,
  type SenderEvent,
  type SenderProvider,
  type SenderState,
  type SenderStep,
} from './sender.ts';

describe('a sender', () => {
  const events = ['came-online', 'refused', 'asked-again', 'disconnect'] as const;

  it.each([
    ['connecting', 'online', 'failed', 'connecting', 'disconnected'],
    ['online', 'online', 'failed', 'online', 'disconnected'],
    ['failed', null, null, 'connecting', 'disconnected'],
    ['disconnected', null, null, null, null],
  ] as const)('that is %s becomes %s, %s, %s or %s', (state, ...after) => {
    expect(events.map((event: SenderEvent) => moveSender(state, event))).toEqual(after);
  });

  it('that is disconnected is never anything else again', () => {
    for (const event of events) expect(moveSender('disconnected', event)).toBeNull();
  });
});

describe('what is done next for a sender', () => {
  it.each<[SenderProvider, SenderState, SenderStep, SenderAct]>([
    ['meta', 'connecting', 'asked', 'subscribe'],
    ['meta', 'connecting', 'subscribed', 'register'],
    ['meta', 'connecting', 'registered', 'look'],
    ['meta', 'online', 'asked', 'subscribe'],
    ['meta', 'online', 'registered', 'look'],
    ['meta', 'disconnected', 'registered', 'leave'],
    ['twilio', 'connecting', 'asked', 'create'],
    ['twilio', 'connecting', 'created', 'look'],
    ['twilio', 'online', 'created', 'look'],
    ['twilio', 'disconnected', 'created', 'leave'],
    ['twilio', 'disconnected', 'asked', 'leave'],
  ])('at %s, %s and %s: %s', (provider, state, step, act) => {
    expect(nextAct({ provider, state, step })).toBe(act);
  });

  it('is nothing once it failed, or left', () => {
    for (const provider of ['meta', 'twilio'] as const) {
      for (const step of senderSteps) expect(nextAct({ provider, state: 'failed', step })).toBe('nothing');
      for (const state of senderStates.filter((each) => each === 'disconnected')) {
        expect(nextAct({ provider, state, step: 'left' })).toBe('nothing');
      }
    }
  });

  it('never registers or creates what is online', () => {
    for (const provider of ['meta', 'twilio'] as const) {
      for (const step of senderSteps) {
        expect(['subscribe', 'look']).toContain(nextAct({ provider, state: 'online', step }));
      }
    }
  });
});
