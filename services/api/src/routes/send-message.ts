import { contentWarnings, suppressionOf } from '@frontdesk/messaging';
import { z } from 'zod';
import { changeRoute } from '../contract/route.ts';
import { clinicIdSchema, idSchema, instantSchema, phoneSchema, wordsSchema } from '../contract/schemas.ts';
import { askForText, purposes, type AskedText } from '../messages/ask-for-text.ts';
import { textStates } from '../messages/text-schemas.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    to: phoneSchema,
    purpose: z.enum(purposes).meta({
      description:
        'reply (to somebody who wrote; leaves at once), reminder (8:00 to 21:00 where the person is) or marketing (only with written consent, in the hours of the law)',
    }),
    body: wordsSchema(1_600).meta({
      description: 'the words, 1 to 1600 characters',
      examples: ['Hi Ana, a time on Tuesday at 10:00 is free now. Shall we hold it for you?'],
    }),
    mediaUrls: z
      .array(
        z
          .url({ protocol: /^https$/, hostname: z.regexes.domain })
          .max(2_000)
          .meta({ description: 'an https address where the carrier can fetch a picture' }),
      )
      .max(10)
      .optional()
      .meta({ description: 'up to ten pictures, where the carrier can fetch them' }),
    causeKey: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/, 'it has more than 200 characters, or invisible ones')
      .optional()
      .meta({ description: 'a name for what caused it (at most 200 visible characters): one text comes of one cause' }),
  })
  .meta({ id: 'SendText', description: 'A text to send' });

const answerSchema = z
  .strictObject({
    id: idSchema,
    state: z.enum(textStates),
    segments: z.int().min(1).meta({ description: 'the parts in which it travels; the carrier bills each' }),
    encoding: z.enum(['GSM-7', 'UCS-2']),
    willLeaveAt: instantSchema.nullable().meta({ description: 'when it may leave, if not at once' }),
    suppressed: z
      .strictObject({
        reason: z.string().meta({ description: 'for machines: opted-out, no-marketing-consent, …' }),
        words: z.string().meta({ description: 'for people' }),
      })
      .nullable()
      .meta({ description: 'why it does not leave; null when it may' }),
    warnings: z
      .array(z.strictObject({ code: z.string(), advice: z.string() }))
      .meta({ description: 'why carriers might hold it back, and what to do about it' }),
  })
  .meta({ id: 'SentText', description: 'What becomes of the text, as far as it is known now' });

/** Sends a text by hand, through the same gate as every other. */
export function sendMessage() {
  return changeRoute({
    operationId: 'sendMessage',
    method: 'post',
    path: '/admin/messages:send',
    tag: 'Messages',
    summary: 'Send a text to a person',
    description:
      'The text is queued, or kept as suppressed with the reason when it may not leave: an opt-out, marketing without consent. Outside of quiet hours it leaves within seconds; else `willLeaveAt` says when. Whatever is said here, the last gate looks again when it leaves.',
    role: 'manager',
    clinicIn: 'body',
    body: bodySchema,
    answers: { 202: { description: 'It is queued, or suppressed', schema: answerSchema } },
    problems: ['conflict'],
    async handle({ tx, orgId, body, principal, idempotencyKey, requestId, now }) {
      const asked = await askForText(tx, {
        orgId,
        to: body.to,
        purpose: body.purpose,
        body: body.body,
        mediaUrls: body.mediaUrls ?? [],
        cause: body.causeKey === undefined ? `api:key:${idempotencyKey}` : `api:cause:${body.causeKey}`,
        actor: `api:${principal.subject}`,
        requestId,
        now,
      });
      const { segments, encoding } = asked.cost;
      const warnings = contentWarnings(body.body).map(({ code, advice }) => ({ code, advice }));
      return { status: 202 as const, body: { id: asked.id, ...fateOf(asked), segments, encoding, warnings } };
    },
  });
}

type Fate = Pick<z.input<typeof answerSchema>, 'state' | 'willLeaveAt' | 'suppressed'>;

function fateOf(asked: AskedText): Fate {
  if ('before' in asked) {
    const { state, reason } = asked.before;
    const suppressed =
      state === 'suppressed' ? { reason: suppressionOf(reason) ?? 'suppressed', words: reason ?? '' } : null;
    return { state: z.enum(textStates).parse(state), willLeaveAt: null, suppressed };
  }
  const { foretold } = asked;
  if (foretold.kind === 'suppressed') {
    const { reason, words } = foretold;
    return { state: 'suppressed', willLeaveAt: null, suppressed: { reason, words } };
  }
  return { state: 'queued', willLeaveAt: foretold.willLeaveAt?.toString() ?? null, suppressed: null };
}
