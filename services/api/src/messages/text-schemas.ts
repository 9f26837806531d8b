import { channels } from '@frontdesk/contracts';
import { maskPhoneNumber } from '@frontdesk/kernel';
import { textStates } from '@frontdesk/contracts';
import { z } from 'zod';
import { isAtLeast, type Role } from '../auth/roles.ts';
import { idSchema, instantSchema, shownNumberSchema, stateAtSchema } from '../contract/schemas.ts';
import type { StoredAttempt, StoredText } from '../postgres/texts.ts';

export const textStateSchema = z.enum(textStates).meta({
  description:
    'queued, sending, sent (the carrier has it), delivered, read (on WhatsApp), undelivered, failed, suppressed (it may not leave), unknown (nobody knows whether the carrier has it)',
});

export const channelSchema = z.enum(channels).meta({ description: 'sms or whatsapp' });

export const textSchema = z
  .strictObject({
    id: idSchema,
    class: z.string().meta({ description: 'why it was sent, which decides when it may leave' }),
    kind: z.string().meta({ description: 'what it says, in one word' }),
    channel: channelSchema,
    from: shownNumberSchema('the number of the clinic that it leaves from'),
    to: z.string().meta({ description: 'for viewers without its middle' }),
    body: z.string().nullable().meta({ description: 'the words; null for viewers' }),
    mediaUrls: z.array(z.string()).meta({ description: 'the addresses of its pictures; none for viewers' }),
    templateId: idSchema.nullable().meta({ description: 'the template of WhatsApp that it left as' }),
    state: textStateSchema,
    reason: z.string().nullable().meta({ description: 'why it failed or was suppressed, in words' }),
    attempts: z.int().meta({ description: 'how often the desk tried to hand it to a carrier' }),
    nextAttemptAt: instantSchema
      .nullable()
      .meta({ description: 'when it is tried next; null when nothing is planned' }),
    createdAt: instantSchema,
    stateAt: stateAtSchema,
  })
  .meta({ id: 'Text', description: 'A text to a person, and what became of it' });

const attemptSchema = z.strictObject({
  number: z.int().meta({ description: 'the first is 1' }),
  channel: channelSchema.meta({
    description: 'where it was tried: sms, also when WhatsApp knew nobody there, or whatsapp',
  }),
  carrier: z.string().meta({ description: 'who was to send it: telnyx, twilio or meta' }),
  startedAt: instantSchema.meta({ description: 'when the carrier was asked' }),
  finishedAt: instantSchema.nullable().meta({ description: 'when it answered; null while it is waited for' }),
  outcome: z.string().nullable().meta({ description: 'accepted, refused, retryable or unknown; null while it runs' }),
  errorCode: z.string().nullable().meta({ description: 'as the carrier gave it' }),
  carrierMessageId: z.string().nullable().meta({ description: 'to ask the carrier about it' }),
});

export const textWithAttemptsSchema = textSchema
  .extend({ tries: z.array(attemptSchema).meta({ description: 'each try to hand it to a carrier' }) })
  .meta({ id: 'TextWithTries', description: 'A text with each try to hand it to a carrier' });

/** Viewers see what became of texts, but neither what they say nor to whom they went. */
export function presentText(text: StoredText, role: Role): z.input<typeof textSchema> {
  const seesWords = isAtLeast(role, 'manager');
  const { nextAttemptAt, createdAt, stateAt, state, ...rest } = text;
  return {
    ...rest,
    to: seesWords ? text.to : maskPhoneNumber(text.to),
    body: seesWords ? text.body : null,
    mediaUrls: seesWords ? [...text.mediaUrls] : [],
    state: textStateSchema.parse(state),
    nextAttemptAt: nextAttemptAt?.toString() ?? null,
    createdAt: createdAt.toString(),
    stateAt: stateAt.toString(),
  };
}

export function presentAttempt({ startedAt, finishedAt, ...rest }: StoredAttempt): z.input<typeof attemptSchema> {
  return { ...rest, startedAt: startedAt.toString(), finishedAt: finishedAt?.toString() ?? null };
}
