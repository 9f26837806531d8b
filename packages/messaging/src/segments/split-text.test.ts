import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countSegments } from './count-segments.ts';
import { mostCharacters, mostSegments, splitText } from './split-text.ts';

const sentence = 'We are happy to help you with that. ';
const squeezed = (text: string) => text.replaceAll(/\s+/g, '');

describe('a long text', () => {
  it('stays one text while it fits', () => {
    const body = sentence.repeat(42).trim();
    expect(countSegments(body).segments).toBe(10);
    expect(splitText(body)).toEqual([body]);
  });

  it('becomes two at the end of a sentence', () => {
    const [first = '', second = '', ...more] = splitText(sentence.repeat(60).trim());
    expect(more).toEqual([]);
    expect(first).toMatch(/with that\.$/);
    expect(second).toMatch(/^We are happy/);
  });

  it('ends with a paragraph when one ends in its second half', () => {
    const body = `${sentence.repeat(25)}\n\n${sentence.repeat(30)}`;
    expect(splitText(body)[0]).toBe(sentence.repeat(25).trim());
  });

  it('ends with a clause or a word where no sentence ends', () => {
    expect(splitText('one two three, '.repeat(150))[0]).toMatch(/three,$/);
    expect(splitText('word '.repeat(400))[0]).toMatch(/word$/);
  });

  it('takes no abbreviation for the end of a sentence', () => {
    const [first = ''] = splitText(`${'Please ask for Dr. Lee at St. Mary and '.repeat(60)}`);
    expect(first).not.toMatch(/(Dr|St)\.$/);
  });

  it.each([
    '(480) 555-0123',
    '+1 480 555 0123',
    'Tue, Nov 24, 2:30 PM',
    'Tue, Nov 24 at 2:30 PM MST',
    'Friday at 9 AM',
    '9:30 a.m.',
    '10 AM to 4 PM',
    '$1,200 per session',
    '$ 50',
    '20 units',
    '30 minutes',
    'Dr. Lee',
    'https://square.link/u/AbC123?x=1,2;3:4.5',
  ])('never cuts through %s', (whole) => {
    for (const before of Array.from({ length: whole.length + 4 }, (_, index) => 1_530 - index)) {
      const body = `${'a'.repeat(9)} `.repeat(153).slice(0, before - 1) + ` ${whole} ${'b'.repeat(40)} `.repeat(3);
      const texts = splitText(body);
      expect(texts.length).toBe(2);
      expect(texts.filter((text) => text.includes(whole)).length).toBeGreaterThan(0);
      expect(texts.join(' ').split(whole).length - 1).toBe(3);
    }
  });

  it('is cut through when nothing else is possible', () => {
    const texts = splitText('x'.repeat(4_000));
    expect(texts.map(({ length }) => length)).toEqual([1_530, 1_530, 940]);
  });

  it('is nothing when it is only space', () => {
    expect(splitText(' \n ')).toEqual([]);
  });
});

describe('whatever is written', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        sentence,
        '\n\n',
        '\n',
        ' ',
        ', ',
        '. ',
        '? ',
        '😊',
        '👨‍👩‍👧',
        '好',
        '€',
        '[',
        'é',
        'Tue, Nov 24, 2:30 PM. ',
      ),
      fc.constantFrom('$1,200 per session', '(480) 555-0123', 'https://radiance.example/a?b=1 ', 'x'.repeat(180)),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    ),
    { minLength: 1, maxLength: 150, size: 'max' },
  );

  it('loses nothing, keeps the order, and makes no text that a carrier would refuse', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const body = parts.join('');
        const texts = splitText(body);
        expect(squeezed(texts.join(''))).toBe(squeezed(body));
        for (const text of texts) {
          expect(text).toBe(text.trim());
          expect(text.length).toBeLessThanOrEqual(mostCharacters);
          expect(countSegments(text).segments).toBeLessThanOrEqual(mostSegments);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is cut between words', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9/.:-]{1,60}$/), { minLength: 100, maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(words, (all) => {
        const texts = splitText(all.join(' '));
        expect(texts.flatMap((text) => text.split(/\s+/))).toEqual(all);
      }),
      { numRuns: 100 },
    );
  });
});
