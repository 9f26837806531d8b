import { describe, expect, it } from '@jest/globals';
import { redactCardNumbers } from './redact-card-numbers.ts';

describe('a card number in a text', () => {
  it.each([
    ['4111111111111111', '[card ending 1111]'],
    ['my card is 4111 1111 1111 1111 thanks', 'my card is [card ending 1111] thanks'],
    ['4111-1111-1111-1111', '[card ending 1111]'],
    ['4111 - 1111 - 1111 - 1111', '[card ending 1111]'],
    ['4111.1111.1111.1111', '[card ending 1111]'],
    ['4111 1111\n1111 1111', '[card ending 1111]'],
    ['amex 3782 822463 10005', 'amex [card ending 0005]'],
    ['378282246310005', '[card ending 0005]'],
    ['4222222222222', '[card ending 2222]'],
    ['6304000000000000000', '[card ending 0000]'],
    ['4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '[card ending 1111]'],
    ['4111111111111111 12/27 123', '[card ending 1111] 12/27 123'],
    ['4111 1111 1111 1111 12 27', '[card ending 1111] 12 27'],
    ['480-555-0123 4111 1111 1111 1111', '480-555-0123 [card ending 1111]'],
    ['4111111111111111 or 5555555555554444', '[card ending 1111] or [card ending 4444]'],
    ['4111111111111111 5555555555554444', '[card ending 1111] [card ending 4444]'],
    ['card:4111111111111111.', 'card:[card ending 1111].'],
  ])('is replaced, keeping its last four digits: %s', (body, text) => {
    expect(redactCardNumbers(body)).toEqual({ text, found: true });
  });

  it.each([
    'call me at +1 (480) 555-0123',
    '+14805550123',
    '480-555-0123 480-555-0124',
    '4805550123 4805550124',
    '+52 1 55 1234 5674',
    '4111111111111112',
    '4111 1111 1111 1112',
    '411111111111',
    '12345678901234567890123',
    'on 11/20 at 3 or 4, 5, 6 or 7 pm',
    'no digits here',
    '',
  ])('is not seen where there is none: %s', (body) => {
    expect(redactCardNumbers(body)).toEqual({ text: body, found: false });
  });

  it('costs a long text of nothing but digits no more than a glance each', () => {
    const body = '1 '.repeat(20_000); // looking at every stretch of it would take hours
    expect(redactCardNumbers(body)).toEqual({ text: body, found: false });
  });
});
