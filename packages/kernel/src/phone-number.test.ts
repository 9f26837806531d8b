import { describe, expect, it } from '@jest/globals';
import { maskPhoneNumber, parsePhoneNumber } from './phone-number.ts';

describe('a phone number', () => {
  it.each([
    ['+14805550123', '+14805550123'],
    ['4805550123', '+14805550123'],
    ['(480) 555-0123', '+14805550123'],
    ['1 480 555 0123', '+14805550123'],
    ['+525599009999', '+525599009999'],
    ['+5215599009999', '+525599009999'],
    ['+52 1 55 9900 9999', '+525599009999'],
  ])('%s is %s', (text, number) => {
    expect(parsePhoneNumber(text)).toBe(number);
  });

  it.each(['', 'anonymous', '12345', 'Restricted', '+1480', '+148055501234567', '+52155990099991'])(
    '%j is none',
    (text) => {
      expect(parsePhoneNumber(text)).toBeNull();
    },
  );

  it('shows its ends only in a log', () => {
    expect(maskPhoneNumber('+14805550123')).toBe('+1480•••0123');
    expect(maskPhoneNumber('12345')).toBe('•••');
  });
});
