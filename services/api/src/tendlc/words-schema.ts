import { z } from 'zod';
import { wordsSchema } from '../contract/schemas.ts';

/** Words that may be missing as yet: what the registry says to that is told by the check. */
export const plainWords = (atMost: number) =>
  z
    .string()
    .max(atMost)
    // oxlint-disable-next-line no-control-regex -- the one character that Postgres has no place for
    .regex(/^[^\u0000]*$/, 'it contains the character NUL');

export const insistSchema = wordsSchema(500).optional().meta({
  description: 'why it is right all the same, when the desk expects a no; the owner takes the fee upon themselves',
});
