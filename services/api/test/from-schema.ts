import fc from 'fast-check';

/** As much of JSON Schema as the document uses. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  enum?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  examples?: unknown[];
};

export type Components = Record<string, JsonSchema>;

/** Values that fit the schema. */
export function fitting(schema: JsonSchema, components: Components): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const named = components[schema.$ref.split('/').at(-1) ?? ''];
    if (named === undefined) throw new Error(`the document has no ${schema.$ref}`);
    return fitting(named, components);
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, components)));
}

function ofType(type: string, schema: JsonSchema, components: Components): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 });
    case 'array':
      return fc.array(fitting(schema.items ?? {}, components), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'string':
      // What the document itself gives as an example must be fine, too.
      return schema.examples === undefined ? text(schema) : fc.oneof(fc.constantFrom(...schema.examples), text(schema));
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, fitting(field, components)])), {
        requiredKeys: schema.required ?? [],
      });
    }
    default:
      throw new Error(`the document has a ${type}, which this cannot make`);
  }
}

function text({ format, pattern, minLength = 0, maxLength = 200 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'uri') return fc.webUrl({ validSchemes: ['https'] });
  if (format === 'date-time') {
    return fc
      .date({ min: new Date('2000-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  const made =
    pattern === undefined
      ? fc.string({ minLength, maxLength, unit: 'grapheme' })
      : fc.stringMatching(new RegExp(pattern));
  return made
    .map((words) => words.padEnd(minLength, ' ').slice(0, maxLength))
    .filter((words) => fits(words, { pattern, minLength }));
}

function fits(words: string, { pattern, minLength }: { pattern: string | undefined; minLength: number }): boolean {
  return words.length >= minLength && (pattern === undefined || new RegExp(pattern).test(words));
}

/** Values that differ from fitting ones in one or more places, or are something else. */
export function spoilt(schema: JsonSchema, components: Components): fc.Arbitrary<unknown> {
  const anything = fc.jsonValue({ maxDepth: 2 });
  const words = fc.constantFrom(
    '\u0000',
    'a\u0000b',
    '\ud800',
    'a\udc00b',
    "'; drop table contacts; --",
    '__proto__',
    '{{7*7}}',
    'x'.repeat(5_000),
  );
  const odd = fc.oneof(anything, words, fc.constantFrom(-1, 1e308, 2 ** 53, true, null, [], {}, [[[[]]]]));
  const changed = fc
    .tuple(
      fitting(schema, components),
      fc.array(fc.tuple(fc.string({ maxLength: 8 }), odd), { minLength: 1, maxLength: 3 }),
      fc.nat(),
    )
    .map(([value, changes, pick]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return changes[0]?.[1];
      const names = Object.keys(schema.properties ?? value);
      const overlay = changes.map(([name, instead], n) => [
        n % 2 === 0 ? (names[(pick + n) % names.length] ?? name) : name,
        instead,
      ]);
      return { ...value, ...Object.fromEntries(overlay) };
    });
  const saysOdd = fc
    .tuple(fitting(schema, components), words, fc.nat())
    .map(([value, instead, pick]) => withText(value, instead, pick));
  return fc.oneof({ weight: 3, arbitrary: changed }, { weight: 2, arbitrary: saysOdd }, { weight: 1, arbitrary: odd });
}

/** The value with other words in one of its texts, however deep that stands. */
function withText(value: unknown, instead: string, pick: number): unknown {
  let texts = 0;
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') texts += 1;
    return part;
  });
  let at = 0;
  const map = (part: unknown): unknown => {
    if (typeof part === 'string') return at++ === pick % texts ? instead : part;
    if (Array.isArray(part)) return part.map(map);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, field]) => [key, map(field)]));
  };
  return map(value);
}
