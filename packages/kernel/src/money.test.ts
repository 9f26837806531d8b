import { describe, expect, it } from '@jest/globals';
import { formatMoney, money } from './money.ts';

describe('an amount of money', () => {
  it.each([
    [5000, '$50'],
    [1250, '$12.50'],
    [0, '$0'],
    [123400, '$1,234'],
  ])('%i cents is written %s', (cents, text) => {
    expect(formatMoney(money(cents, 'USD'))).toBe(text);
  });

  it.each([-1, 12.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('cannot be %p cents', (cents) => {
    expect(() => money(cents, 'USD')).toThrow(/whole number of cents/);
  });
});
