import { z } from 'zod';
import { problems, type ProblemCode } from './problems.ts';

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]; // the keys of the table

export const idSchema = z.uuid().meta({ description: 'an id as the desk gives it (UUID)' });
export const instantSchema = z.iso
  .datetime()
  .max('2026-11-20T18:00:00.123456789Z'.length)
  .meta({ description: 'a moment in UTC (RFC 3339)' });
export const stateAtSchema = instantSchema.meta({ description: 'since when it is in this state (RFC 3339, UTC)' });

/** Words of a person: anything that Postgres can keep. */
export const wordsSchema = (atMost: number) =>
  z
    .string()
    .min(1)
    .max(atMost)
    // oxlint-disable-next-line no-control-regex -- the one character that Postgres has no place for
    .regex(/^[^\u0000]*$/, 'it contains the character NUL');

/** A number as the desk shows it. */
export const shownNumberSchema = (whose: string) =>
  z.string().meta({ description: `${whose}, in E.164: +14805550100` });

/** A number as people write it. Whether a phone can have it is told later. */
export const phoneSchema = z
  .string()
  .min(2)
  .max(32)
  .regex(/^[+\d\s().-]+$/, 'it is no phone number')
  .meta({ description: 'the number of a person, best with its country: +14805550123', examples: ['+16025550123'] });

/** Somebody as the clinic knows them: by number, or by the id that WhatsApp gives for it. Which of them it is, is told later. */
export const personSchema = z
  .string()
  .min(2)
  .max(140)
  .regex(
    /^(?:[+\d\s().-]{2,32}|wa:[A-Z]{2}\.[A-Za-z0-9]{1,128})$/,
    'it is neither a phone number nor an id of WhatsApp',
  )
  .meta({
    description: 'the number of a person, best with its country (+14805550123); or `wa:` and their id at WhatsApp',
    examples: ['+16025550123'],
  });

/** A code that came to a phone. */
export const codeSchema = (what: string) =>
  z
    .string()
    .regex(/^\d{4,10}$/, 'it is not 4 to 10 digits')
    .meta({ description: `${what}, 4 to 10 digits`, examples: ['104729'] });

/** Which clinic is meant. */
export const clinicIdSchema = idSchema.meta({ description: 'the id of the clinic' });

/** The query of a list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, 'it is no whole number from 1 to 100')
    .optional()
    .meta({ description: 'how many at most, from 1 to 100; 25 when left out' }),
  cursor: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'the `nextCursor` of the page before; left out for the first page' }),
};

/** One page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item).meta({ description: 'what is on this page, in the order of the list' }),
    nextCursor: z.string().nullable().meta({ description: 'give it as `cursor` for the next page; null on the last' }),
  });

/** Problem details for HTTP APIs, RFC 9457. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: '`urn:frontdesk:problem:` and the code' }),
    title: z.string().meta({ description: 'what the code means, whatever the request was' }),
    status: z.int().meta({ description: 'the status of this answer, as in its first line' }),
    detail: z.string().meta({ description: 'what is wrong this time, and what to do' }),
    code: z.enum(codes).meta({ description: 'which refusal it is, for machines' }),
    requestId: z.string().meta({ description: 'as in the X-Request-Id header; name it when you ask for help' }),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().optional().meta({ description: 'JSON pointer into the body, such as `#/to`' }),
          parameter: z.string().optional().meta({ description: 'a parameter of path, query or header' }),
          detail: z.string().meta({ description: 'what is wrong with it' }),
          mend: z.string().meta({ description: 'what to do' }),
        }),
      )
      .optional()
      .meta({
        description: 'the fields that are wrong, each with what to do; left out where it is no matter of fields',
      }),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused (RFC 9457)' });
