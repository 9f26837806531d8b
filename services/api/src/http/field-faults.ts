import { z } from 'zod';
import type { FieldFault } from '../contract/problems.ts';

/** As many as somebody mends at once: a body may be wrong in a million places. */
const mostFaults = 50;

/** What a schema found wrong, in words for whoever sent it. Values are never repeated. */
export function fieldFaults(error: z.ZodError, schema: z.ZodType, place: 'body' | 'parameter'): FieldFault[] {
  const faults = error.issues.slice(0, mostFaults).flatMap((issue): FieldFault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, mostFaults).map((key) => ({
        ...at([...issue.path, key], place),
        detail: 'it is not known here',
        mend: 'leave it out',
      }));
    }
    return [{ ...at(issue.path, place), detail: inWords(issue), mend: mendOf(schema, issue.path) }];
  });
  const told = new Map(faults.map((fault) => [`${fault.pointer} ${fault.parameter} ${fault.detail}`, fault]));
  return [...told.values()].slice(0, mostFaults);
}

/** Words that no JSON in UTF-8 should hold, since nothing can keep them: halves of the pairs that stand for one character. */
export function halfCharacters(value: unknown, path: readonly string[] = []): FieldFault[] {
  if (typeof value === 'string') {
    if (value.isWellFormed()) return [];
    return [{ ...at(path, 'body'), detail: 'it holds half of a character', mend: 'send the text as UTF-8, unbroken' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => halfCharacters(field, [...path, key]));
}

function mendOf(schema: z.ZodType, path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'send an object with the fields of this request';
  const description = describe(schema, path);
  return description === undefined ? 'see the documentation of this request' : `give ${description}`;
}

function at(path: readonly PropertyKey[], place: 'body' | 'parameter'): Pick<FieldFault, 'pointer' | 'parameter'> {
  if (place === 'parameter') return { parameter: path.map(String).join('.') };
  return { pointer: `#${path.map((step) => `/${escaped(String(step))}`).join('')}` };
}

/** RFC 6901. The longest name of ours is much shorter. */
const escaped = (step: string) => step.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');

const formats: Partial<Record<string, string>> = {
  uuid: 'it is no UUID',
  url: 'it is no such address',
  datetime: 'it is no moment in UTC',
};

type Issue = z.core.$ZodIssue;

/** Codes that are not here say it in words of the schema's own. */
const words: { [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => string } = {
  invalid_type: ({ input, path, expected }) =>
    input === undefined && path.length > 0 ? 'it is missing' : `it is not of type ${expected}`,
  invalid_value: ({ values }) => `it is none of ${values.map(String).join(', ')}`,
  too_small: ({ minimum }) => (Number(minimum) === 1 ? 'it is empty' : 'it is too short'),
  too_big: ({ maximum, origin }) => `it has more than ${maximum}${origin === 'string' ? ' characters' : ''}`,
  invalid_format: ({ format, message }) => formats[format] ?? message,
};

function inWords(issue: Issue): string {
  const say = words[issue.code] as ((issue: Issue) => string) | undefined; // the one of its own code
  return say?.(issue) ?? issue.message;
}

/** What the schema says of the field, or of what holds it. */
function describe(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  const [step, ...rest] = path;
  const inner = unwrap(schema);
  if (step === undefined) return schema.description ?? inner.description;
  // A schema's parts are schemas, which their types say only of zod's core.
  if (inner instanceof z.ZodObject) {
    const field = inner.shape[String(step)] as z.ZodType | undefined;
    return field === undefined ? undefined : describe(field, rest);
  }
  if (inner instanceof z.ZodArray) {
    return describe(inner.element as z.ZodType, rest) ?? schema.description;
  }
  return schema.description;
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}
