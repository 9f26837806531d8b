import { describe, expect, it } from '@jest/globals';
import { plainPunctuation } from './plain-punctuation.ts';

describe('the punctuation of a text', () => {
  it.each([
    ['It’s “ready”', 'It\'s "ready"'],
    ['2–3 PM — or later…', '2-3 PM - or later...'],
    ['10\u202fAM\u00a0or 11', '10 AM or 11'],
    ['zero\u200bwidth', 'zerowidth'],
  ])('is straightened: %s', (smart, straight) => {
    expect(plainPunctuation(smart)).toBe(straight);
  });

  it.each(['José, ¿a las 3?', '😊 see you', 'line one\nline two', '$50 (100% refundable)'])(
    'changes nothing else: %s',
    (text) => {
      expect(plainPunctuation(text)).toBe(text);
    },
  );
});
