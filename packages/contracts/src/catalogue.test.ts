import { describe, expect, it } from '@jest/globals';
import { catalogue } from './catalogue.ts';
import { contexts, services } from './queues.ts';

describe('the catalogue of events', () => {
  it('names each event once', () => {
    const types = catalogue.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
  });

  describe.each(catalogue.map((definition) => [definition.type, definition] as const))('%s', (type, definition) => {
    it('carries its context, what happened and a major version in its name', () => {
      expect(type).toMatch(/^[a-z]+(\.[a-z]+(-[a-z]+)+)\.v[1-9]\d*$/);
      expect(Object.values(contexts).map(({ queue }) => queue)).toContain(definition.queue);
    });

    it('accepts its example and finds the order group in it', () => {
      const data = definition.schema.parse(definition.example);
      expect(definition.group(data)).toMatch(/^.{1,128}$/);
    });

    it.each(definition.badExamples.map((bad) => [JSON.stringify(bad), bad]))('refuses %s', (_, bad) => {
      expect(definition.schema.safeParse(bad).success).toBe(false);
    });

    it('is refused with no bad example missing', () => {
      expect(definition.badExamples.length).toBeGreaterThanOrEqual(2);
    });

    it('is sent by services only', () => {
      expect(services).toEqual(expect.arrayContaining([...definition.producers]));
    });

    it('carries ids and plain facts, never words of a person', () => {
      expect(Object.keys(Object(definition.example))).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/body|text$|name|phone|number/i)]),
      );
    });
  });
});
