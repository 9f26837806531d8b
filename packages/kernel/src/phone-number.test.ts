import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskPhoneNumber, olderForm, parsePhoneNumber } from './phone-number.ts';

describe('a phone number', () => {
  it.each([
    ['+14805550123', '+14805550123'],
    ['4805550123', '+14805550123'],
    ['(480) 555-0123', '+14805550123'],
    ['1 480 555 0123', '+14805550123'],
    ['+525599009999', '+525599009999'],
    ['+5215599009999', '+525599009999'],
    ['+52 1 55 9900 9999', '+525599009999'],
    ['+551187654321', '+5511987654321'],
    ['+5511987654321', '+5511987654321'],
    ['+55 31 6123-4567', '+5531961234567'],
    ['+55 11 3876-5432', '+551138765432'],
    ['+552122345678', '+552122345678'],
  ])('%s is %s', (text, number) => {
    expect(parsePhoneNumber(text)).toBe(number);
  });

  it.each(['', 'anonymous', '12345', 'Restricted', '+1480', '+148055501234567', '+52155990099991'])(
    '%j is none',
    (text) => {
      expect(parsePhoneNumber(text)).toBeNull();
    },
  );

  it('of Brazil is one whether or not it is written with its ninth digit, and a landline stays what it is', () => {
    const area = fc.integer({ min: 11, max: 99 }).filter((code) => code % 10 !== 0);
    fc.assert(
      fc.property(area, fc.integer({ min: 20_000_000, max: 99_999_999 }), (code, number) => {
        const isMobile = number >= 60_000_000;
        const dialled = `+55${code}${isMobile ? '9' : ''}${number}`;
        expect(parsePhoneNumber(`+55${code}${number}`)).toBe(dialled);
        expect(parsePhoneNumber(dialled)).toBe(dialled);
        expect(olderForm(dialled)).toBe(isMobile ? `+55${code}${number}` : null);
      }),
    );
  });

  it.each([
    ['+525599009999', '+5215599009999'],
    ['+14805550123', null],
    ['+442071838750', null],
  ])('%s has the older form %s', (number, form) => expect(olderForm(number)).toBe(form));

  it('shows its ends only in a log', () => {
    expect(maskPhoneNumber('+14805550123')).toBe('+1480•••0123');
    expect(maskPhoneNumber('12345')).toBe('•••');
  });
});
