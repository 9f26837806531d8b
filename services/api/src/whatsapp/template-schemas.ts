import {
  templateCategories,
  templateKinds,
  templateStates,
  templateValueNames,
  type Template,
  type TemplateFault,
} from '@frontdesk/messaging';
import { z } from 'zod';
import { idSchema, instantSchema, stateAtSchema, wordsSchema } from '../contract/schemas.ts';

const choiceSchema = z.strictObject({
  id: wordsSchema(200).meta({ description: 'what comes back when it is tapped' }),
  title: wordsSchema(24).meta({ description: 'what the person taps; at most 20 characters are taken' }),
});

const categorySchema = z.enum(templateCategories).meta({ description: 'utility, or marketing, which needs consent' });

/** What a template says and what for, as a request gives it. */
export const templateFields = {
  name: z
    .string()
    .regex(/^[a-z0-9_]{1,512}$/, 'it has other characters than lower case letters, digits and underscores')
    .meta({ description: 'lower case letters, digits and underscores', examples: ['birthday_greeting'] }),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'it is no code of a language')
    .meta({ description: 'as Meta writes it: en_US, es', examples: ['en_US'] }),
  category: categorySchema,
  kinds: z
    .array(z.enum(templateKinds))
    .min(1)
    .max(20)
    .meta({ description: 'the kinds of text that it may stand in for' }),
  body: wordsSchema(2_000).meta({
    description: 'the words, with {{1}}, {{2}} where the values stand; at most 1024 characters are taken',
    examples: ['Reminder from {{1}}: your visit is on {{2}}. Reply here to change it.'],
  }),
  valueNames: z
    .array(z.enum(templateValueNames))
    .max(12)
    .meta({ description: 'the name of each value, in the order of its number' }),
  examples: z.array(wordsSchema(200)).max(12).meta({ description: 'what each value looks like, for the reviewers' }),
  choices: z.array(choiceSchema).max(10).optional().meta({ description: 'quick replies below it' }),
};

const faultSchema = z.strictObject({
  field: z.string().meta({ description: 'JSON pointer into the template' }),
  code: z.string().meta({ description: 'which rule it breaks, for machines' }),
  detail: z.string().meta({ description: 'what is wrong with it' }),
  mend: z.string().meta({ description: 'what to do' }),
});

export const templateSchema = z
  .strictObject({
    id: idSchema,
    provider: z
      .enum(['meta', 'twilio'])
      .meta({ description: 'who has it reviewed: Meta itself, or Twilio for the desk' }),
    name: z.string().meta({ description: 'as the provider knows it' }),
    language: z.string().meta({ description: 'as Meta writes it: en_US, es' }),
    category: categorySchema,
    kinds: z.array(z.string()).meta({ description: 'the kinds of text that it may stand in for' }),
    body: z.string().meta({ description: 'the words, with {{1}}, {{2}} where the values stand' }),
    valueNames: z.array(z.string()).meta({ description: 'the name of each value, in the order of its number' }),
    examples: z.array(z.string()).meta({ description: 'what each value looks like, for the reviewers' }),
    choices: z
      .array(
        z.strictObject({
          id: z.string().meta({ description: 'what comes back when it is tapped' }),
          title: z.string().meta({ description: 'what the person taps' }),
        }),
      )
      .meta({ description: 'quick replies below it' }),
    state: z.enum(templateStates).meta({
      description:
        'draft, submitted (the provider reviews it), approved, rejected, paused (for a while), disabled (for good, or retired)',
    }),
    reason: z.string().nullable().meta({ description: 'why it may not be used, and what to do' }),
    createdAt: instantSchema,
    stateAt: stateAtSchema,
  })
  .meta({
    id: 'WhatsAppTemplate',
    description: 'What may be said on WhatsApp when the person has not written for 24 hours',
  });

export const checkedTemplateSchema = templateSchema
  .extend({
    faults: z.array(faultSchema).meta({ description: 'what would be rejected, and its mend; none: submit it' }),
  })
  .meta({ id: 'CheckedWhatsAppTemplate', description: 'A template with what is to be mended before it is submitted' });

export function presentTemplate(template: Template): z.input<typeof templateSchema> {
  const { id, provider, name, language, category, body, state, reason } = template;
  return {
    id,
    provider,
    name,
    language,
    category,
    kinds: [...template.kinds],
    body,
    valueNames: [...template.valueNames],
    examples: [...template.examples],
    choices: template.choices.map(({ id: choiceId, title }) => ({ id: choiceId, title })),
    state,
    reason,
    createdAt: template.createdAt.toString(),
    stateAt: template.stateAt.toString(),
  };
}

export function presentChecked(
  template: Template,
  faults: readonly TemplateFault[],
): z.input<typeof checkedTemplateSchema> {
  return { ...presentTemplate(template), faults: faults.map((fault) => ({ ...fault })) };
}
