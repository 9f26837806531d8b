import { z } from 'zod';
import type { FieldFault } from '../contract/problems.ts';

/** What a schema found wrong, in words for whoever sent it. Values are never repeated. */
export function fieldFaults(error: z.ZodError, schema: z.ZodType, place: 'body' | 'parameter'): FieldFault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        ...at([...issue.path, key], place),
        detail: 'it is not known here',
        mend: 'leave it out',
      }));
    }
    const missing = issue.code === 'invalid_type' && issue.input === undefined && issue.path.length > 0;
    const description = describe(schema, issue.path);
    return [
      {
        ...at(issue.path, place),
        detail: missing ? 'it is missing' : inWords(issue.message),
        mend: description === undefined ? 'see the documentation of this request' : `give ${description}`,
      },
    ];
  });
}

function at(path: readonly PropertyKey[], place: 'body' | 'parameter'): Pick<FieldFault, 'pointer' | 'parameter'> {
  if (place === 'parameter') return { parameter: path.map(String).join('.') };
  return { pointer: `#${path.map((step) => `/${escaped(String(step))}`).join('')}` };
}

/** RFC 6901. */
const escaped = (step: string) => step.replaceAll('~', '~0').replaceAll('/', '~1');

function inWords(message: string): string {
  return message.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
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
