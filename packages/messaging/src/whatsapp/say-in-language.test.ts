import { describe, expect, it } from '@jest/globals';
import { sayInLanguage } from './say-in-language.ts';

describe('a value in the language of its template', () => {
  it.each([
    ['en', 'day', 'Tue, Nov 24', 'Tue, Nov 24'],
    ['es', 'day', 'Tue, Nov 24', 'martes 24 de noviembre'],
    ['es', 'day', 'Mon, Jan 4', 'lunes 4 de enero'],
    ['es', 'day', 'Sun, Dec 31', 'domingo 31 de diciembre'],
    ['es', 'day', 'Foo, Nov 24', 'Foo, Nov 24'],
    ['es', 'day', 'tomorrow', 'tomorrow'],
    ['es', 'time', '2:30 PM', '2:30 PM'],
    ['es', 'text', 'Tue, Nov 24', 'Tue, Nov 24'],
  ])('%s: the %s %s is %s', (language, name, value, said) => {
    expect(sayInLanguage(name, value, language)).toBe(said);
  });
});
