import { describe, expect, it } from '@jest/globals';
import { friendlyModel } from '../friendly/friendly-model.ts';
import { aRequest } from '../friendly/test-request.ts';
import { hostileModel } from './hostile-model.ts';
import { mischiefs, type Mischief } from './mischief.ts';

const sayings = Array.from({ length: 60 }, (_, n) => `Hi, is Botox ${n} free on Tuesday?`);
const answers = (seed: number) => sayings.map((said) => hostileModel({ seed })(aRequest({ said })));

describe('the hostile model', () => {
  it('says the same to the same request with the same seed', () => {
    expect(answers(7)).toEqual(answers(7));
    expect(answers(7)).not.toEqual(answers(8));
  });

  it('is good often enough for a patient to get through', () => {
    const good = sayings.filter((said) => {
      const request = aRequest({ said });
      return JSON.stringify(hostileModel({ seed: 3 })(request)) === JSON.stringify(friendlyModel(request));
    });
    expect(good.length).toBeGreaterThan(sayings.length / 4);
    expect(good.length).toBeLessThan((sayings.length * 3) / 4);
  });

  it.each(Object.keys(mischiefs) as Mischief[])('can be limited to one that %s', (name) => {
    const request = aRequest({ said: 'Hi' });
    const reply = hostileModel({ seed: 1, goodShare: 0, only: [name] })(request);
    expect(reply).not.toEqual(friendlyModel(request));
    expect(reply.content.every((block) => Object.keys(block).length === 1)).toBe(true);
  });

  it('sometimes calls tools until somebody stops it', () => {
    const stubborn = sayings.filter((said) =>
      [0, 1, 2, 3, 4, 5, 6].every((rounds) => {
        const steps = Array.from({ length: rounds }, () => ({ name: 'find_times', result: { times: [] } }));
        const reply = hostileModel({ seed: 1 })(aRequest({ said, steps }));
        return reply.stopReason === 'tool_use';
      }),
    );
    expect(stubborn.length).toBeGreaterThan(0);
  });
});
