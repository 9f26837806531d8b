import { contentWarnings, suppressionOf } from '@frontdesk/messaging';
import { z } from 'zod';
import { changeRoute } from '../contract/route.ts';
import { clinicIdSchema, idSchema, instantSchema, personSchema, wordsSchema } from '../contract/schemas.ts';
import { askForText, purposes, type AskedText } from '../messages/ask-for-text.ts';
import { channelSchema, textStateSchema } from '../messages/text-schemas.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    to: personSchema,
    channel: channelSchema.optional().meta({
      description: 'sms or whatsapp; left out, the one that the person wrote on last',
    }),
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
    state: textStateSchema,
    channel: channelSchema.meta({
      description: 'sms or whatsapp; a reply or a reminder to somebody who is not on WhatsApp leaves by SMS instead',
    }),
    segments: z.int().min(1).nullable().meta({
      description: 'the parts in which it travels, of which the carrier bills each; null on WhatsApp',
    }),
    encoding: z.enum(['GSM-7', 'UCS-2']).nullable().meta({ description: 'null on WhatsApp' }),
    template: z
      .strictObject({
        id: idSchema,
        name: z.string().meta({ description: 'as the provider knows it' }),
        language: z.string().meta({ description: 'as Meta writes it: en_US, es' }),
        words: z.string().meta({ description: 'what the person will read in place of the body' }),
      })
      .nullable()
      .meta({
        description: 'what is said on WhatsApp in its place, since the person has not written for 24 hours; else null',
      }),
    willLeaveAt: instantSchema.nullable().meta({ description: 'when it may leave, if not at once' }),
    suppressed: z
      .strictObject({
        reason: z.string().meta({ description: 'for machines: opted-out, no-marketing-consent, outside-window, …' }),
        words: z.string().meta({ description: 'for people' }),
      })
      .nullable()
      .meta({ description: 'why it does not leave; null when it may' }),
    warnings: z
      .array(
        z.strictObject({
          code: z.string().meta({ description: 'for machines: link-shortener, all-capitals, drug-name, …' }),
          advice: z.string().meta({ description: 'what to write in its place, for people' }),
        }),
      )
      .meta({ description: 'why carriers might hold it back, and what to do about it' }),
  })
  .meta({ id: 'SentText', description: 'What becomes of the text, as far as it is known now' });

/** Sends a text by hand, through the same gate as every other. */
export function sendMessage() {
  return changeRoute({
    operationId: 'sendMessage',
    path: '/admin/messages:send',
    tag: 'Messages',
    summary: 'Send a text to a person',
    description:
      'The text is queued, or kept as suppressed with the reason when it may not leave: an opt-out, marketing without consent, WhatsApp more than 24 hours after the person wrote where no approved template fits. Outside of quiet hours it leaves within seconds; else `willLeaveAt` says when. Whatever is said here, the last gate looks again when it leaves.',
    role: 'manager',
    body: bodySchema,
    answer: { status: 202, description: 'It is queued, or suppressed', schema: answerSchema },
    problems: ['conflict'],
    async handle({ tx, body, idempotencyKey, asked }) {
      const text = await askForText(tx, asked, {
        to: body.to,
        channel: body.channel,
        purpose: body.purpose,
        body: body.body,
        mediaUrls: body.mediaUrls ?? [],
        cause: body.causeKey === undefined ? `api:key:${idempotencyKey}` : `api:cause:${body.causeKey}`,
      });
      const { id, channel, cost } = text;
      const { segments, encoding } = cost;
      const filtered = channel === 'sms' ? contentWarnings(body.body) : [];
      const warnings = filtered.map(({ code, advice }) => ({ code, advice }));
      return { id, channel, ...fateOf(text), segments, encoding, warnings };
    },
  });
}

const presentTemplate = ({ id, name, language, body: words }: TemplateToUse) => ({ id, name, language, words });
type TemplateToUse = { id: string; name: string; language: string; body: string };

type Fate = Pick<z.input<typeof answerSchema>, 'state' | 'willLeaveAt' | 'suppressed' | 'template'>;

function fateOf(asked: AskedText): Fate {
  if ('before' in asked) {
    const { state, reason } = asked.before;
    const suppressed =
      state === 'suppressed' ? { reason: suppressionOf(reason) ?? 'suppressed', words: reason ?? '' } : null;
    return { state: textStateSchema.parse(state), willLeaveAt: null, template: null, suppressed };
  }
  const { foretold } = asked;
  if (foretold.kind === 'suppressed') {
    const { reason, words } = foretold;
    return { state: 'suppressed', willLeaveAt: null, template: null, suppressed: { reason, words } };
  }
  const { willLeaveAt, template } = foretold;
  return {
    state: 'queued',
    willLeaveAt: willLeaveAt?.toString() ?? null,
    template: template === null ? null : presentTemplate(template),
    suppressed: null,
  };
}
