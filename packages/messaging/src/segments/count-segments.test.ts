import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import calculator from 'sms-segments-calculator';
import { countSegments } from './count-segments.ts';

describe('what a text costs', () => {
  it.each([
    ['nothing', '', 1, 'GSM-7', 0],
    ['160 letters', 'a'.repeat(160), 1, 'GSM-7', 160],
    ['161 letters', 'a'.repeat(161), 2, 'GSM-7', 161],
    ['306 letters', 'a'.repeat(306), 2, 'GSM-7', 306],
    ['307 letters', 'a'.repeat(307), 3, 'GSM-7', 307],
    ['80 euro signs', '€'.repeat(80), 1, 'GSM-7', 160],
    ['81 euro signs', '€'.repeat(81), 2, 'GSM-7', 162],
    [
      'a euro sign that would be cut by the border of two parts',
      `${'a'.repeat(152)}€${'a'.repeat(152)}`,
      3,
      'GSM-7',
      306,
    ],
    ['brackets and braces', '^{}[~]|\\', 1, 'GSM-7', 16],
    ['a straight apostrophe', "It's", 1, 'GSM-7', 4],
    ['a curly apostrophe', 'It’s', 1, 'UCS-2', 4],
    ['160 characters with a curly apostrophe', `’${'a'.repeat(159)}`, 3, 'UCS-2', 160],
    ['an en dash', '2–3', 1, 'UCS-2', 3],
    ['a back-tick', 'a`b', 1, 'UCS-2', 3],
    ['a no-break space', '10\u00a0AM', 1, 'UCS-2', 5],
    ['a lower-case c with cedilla', 'ç', 1, 'UCS-2', 1],
    ['an upper-case C with cedilla', 'Ç', 1, 'GSM-7', 1],
    ['accents of Spanish names', 'é ñ ü ¿ ¡', 1, 'GSM-7', 9],
    ['accents that the alphabet lacks', 'María', 1, 'UCS-2', 5],
    ['a tab', 'a\tb', 1, 'UCS-2', 3],
    ['70 characters of Chinese', '好'.repeat(70), 1, 'UCS-2', 70],
    ['71 characters of Chinese', '好'.repeat(71), 2, 'UCS-2', 71],
    ['36 emoji', '😊'.repeat(36), 2, 'UCS-2', 72],
    [
      'an emoji that would be cut by the border of two parts',
      `${'好'.repeat(66)}😊${'好'.repeat(66)}`,
      3,
      'UCS-2',
      134,
    ],
  ])('%s', (_what, body, segments, encoding, units) => {
    expect(countSegments(body)).toEqual({ segments, encoding, units });
  });

  it('is what the calculator of a carrier says', () => {
    const words = fc.array(
      fc.constantFrom(
        'a',
        'b ',
        '€',
        '[',
        'é',
        '’',
        '\n',
        '\r\n',
        'ç',
        '好',
        '😊',
        '👨‍👩‍👧',
        '🇺🇸',
        'Straße',
        '$50',
        'x'.repeat(40),
      ),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(words, (parts) => {
        const body = parts.join('');
        const theirs = new calculator.SegmentedMessage(body);
        expect(countSegments(body)).toMatchObject({ segments: theirs.segmentsCount, encoding: theirs.encodingName });
      }),
      { numRuns: 300 },
    );
  });

  it('is counted in time that grows with the length alone', () => {
    expect(countSegments('Hello '.repeat(50_000)).segments).toBe(Math.ceil(300_000 / 153));
  });
});
