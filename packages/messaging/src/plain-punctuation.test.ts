import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainPunctuation } from './plain-punctuation.ts';
import { countSegments } from './segments/count-segments.ts';

describe('the punctuation of a text', () => {
  it.each([
    ['It’s “ready”', 'It\'s "ready"'],
    ['2–3 PM — or later…', '2-3 PM - or later...'],
    ['10\u202fAM\u00a0or 11', '10 AM or 11'],
    ['zero\u200bwidth\u200e', 'zerowidth'],
    ['a `word` and ‹one›', "a 'word' and 'one'"],
    ['«¿Listo?»', '"¿Listo?"'],
    ['1½ hours, ½ price, 2⁄3', '1 1/2 hours, 1/2 price, 2/3'],
    ['• one\r\n• two\u2028three', '- one\n- two\nthree'],
    ['a\tb\u0000c\u001bd', 'a bcd'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['Jose\u0301', 'José'],
    ['here → there', 'here -> there'],
  ])('is straightened: %s', (smart, straight) => {
    expect(plainPunctuation(smart)).toBe(straight);
  });

  it.each([
    'José, ¿a las 3?',
    'Françoise, Zoë and Łukasz',
    '😊 see you',
    '👨‍👩‍👧 family',
    'line one\nline two',
    '$50 (100% refundable)',
    '€5 [x] {y} ~ ^ | \\',
    'ГӨ 好',
  ])('changes nothing else: %s', (text) => {
    expect(plainPunctuation(text)).toBe(text);
  });

  it('is straight once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const straight = plainPunctuation(text);
        expect(plainPunctuation(straight)).toBe(straight);
      }),
    );
  });

  it('makes a model’s favourite marks cost nothing', () => {
    const text = `“Sure” — we’re open 9–5…\u00a0${'a'.repeat(130)}`;
    expect(countSegments(text).segments).toBe(3);
    expect(countSegments(plainPunctuation(text)).segments).toBe(1);
  });
});
