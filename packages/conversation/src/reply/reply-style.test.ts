import { describe, expect, it } from '@jest/globals';
import { asText } from './reply-style.ts';

describe('a reply as a text', () => {
  it.each([
    ['**Great!** It’s *free*.', "Great! It's free."],
    ['# Hi\n- one\n- two', 'Hi one two'],
    ['“Yes” – sure…', '"Yes" - sure...'],
    ['`code` and [our page](https://x.io)', 'code and our page https://x.io'],
    ['1. Tue\n2. Wed', 'Tue Wed'],
    ['  two   spaces ', 'two spaces'],
    ['2 * 3 stays', '2 * 3 stays'],
  ])('%j', (reply, text) => expect(asText(reply)).toBe(text));

  it('ends with a sentence when it would be too long', () => {
    const text = asText(`${'Some words here. '.repeat(60)}`);
    expect(text.length).toBeLessThanOrEqual(480);
    expect(text).toMatch(/here\.$/);
    expect(asText('x'.repeat(1000)).length).toBeLessThanOrEqual(480);
  });
});
