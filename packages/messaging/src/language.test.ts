import { describe, expect, it } from '@jest/globals';
import { languageOf } from './language.ts';

describe('the language that a text is answered in', () => {
  it.each([
    'STOP',
    'wrong number, this is Los Angeles',
    'Stop texting me, I moved to Las Vegas',
    'Stop texting me I live in El Paso',
    'take me off your list, Maria de la Cruz',
    'Tu Nguyen does not live here, remove this number',
  ])('is English: %s', (text) => {
    expect(languageOf(text)).toBe('en');
  });

  it.each([
    'ALTO',
    'Ayuda',
    'no más',
    'información',
    'ya basta',
    'quiten mi número',
    'no me escriban',
    'dejen de escribirme',
    'ya no quiero los mensajes de su clínica',
    'borre el número de la lista',
  ])('is Spanish: %s', (text) => {
    expect(languageOf(text)).toBe('es');
  });
});
