import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fieldFaults, halfCharacters } from './field-faults.ts';

const schema = z.strictObject({ name: z.string() });
const faultsOf = (body: unknown) => {
  const { error } = schema.safeParse(body);
  return error === undefined ? [] : fieldFaults(error, schema, 'body');
};

describe('what is wrong with a body', () => {
  it('is told of so many fields as somebody mends, whatever the body holds', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n]));
    expect(faultsOf({ name: 'Ana', ...many })).toHaveLength(50);
    const [long] = faultsOf({ name: 'Ana', ['k'.repeat(10_000)]: 1 });
    expect(long?.pointer?.length).toBeLessThan(200);
  });

  it('is told once of each field', () => {
    const list = z.object({ of: z.array(z.string().min(3).startsWith('abc', 'it is too short')) });
    const { error } = list.safeParse({ of: ['a'] });
    expect(error === undefined ? [] : fieldFaults(error, list, 'body')).toEqual([
      expect.objectContaining({ pointer: '#/of/0', detail: 'it is too short' }),
    ]);
  });
});

describe('half of a character', () => {
  it.each([
    ['\ud800', '#'],
    [{ body: 'caf\ud83d' }, '#/body'],
    [{ details: { samples: ['fine 😀', 'a\udc00b'] } }, '#/details/samples/1'],
  ])('is found wherever it stands: %#', (value, pointer) => {
    expect(halfCharacters(value)).toEqual([{ pointer, detail: expect.any(String), mend: expect.any(String) }]);
  });

  it('is not what stands for a character by two halves', () => {
    expect(halfCharacters({ body: '😀', at: null, n: 1, list: ['é', '\u202e'] })).toEqual([]);
  });
});
