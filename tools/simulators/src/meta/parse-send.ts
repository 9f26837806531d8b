import { z } from 'zod';
import type { Reply } from '../wire/route.ts';
import { refusal } from './errors.ts';

const limits = {
  body: 4_096,
  interactive: 1_024,
  caption: 1_024,
  buttons: 3,
  button: 20,
  rows: 10,
  row: 24,
  about: 72,
  id: 200,
};

const link = z.object({
  link: z.url(),
  caption: z.string().max(limits.caption).optional(),
  filename: z.string().optional(),
});
const recipient = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  /** A telephone number, with or without its plus; goes before `recipient`. */
  to: z
    .string()
    .regex(/^\+?[1-9]\d{6,14}$/)
    .optional(),
  /** A business-scoped user id. */
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/)
    .optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
};
const body = z.object({ text: z.string().min(1).max(limits.interactive) });
const id = z.string().min(1).max(limits.id);

const buttons = z.object({
  type: z.literal('button'),
  body,
  action: z.object({
    buttons: z
      .array(
        z.object({ type: z.literal('reply'), reply: z.object({ id, title: z.string().min(1).max(limits.button) }) }),
      )
      .min(1)
      .max(limits.buttons),
  }),
});
const row = z.object({
  id,
  title: z.string().min(1).max(limits.row),
  description: z.string().max(limits.about).optional(),
});
const list = z.object({
  type: z.literal('list'),
  body,
  action: z.object({
    button: z.string().min(1).max(limits.button),
    sections: z.array(z.object({ title: z.string().max(limits.row).optional(), rows: z.array(row).min(1) })).min(1),
  }),
});
const parameter = z.object({ type: z.string(), text: z.string().optional(), payload: z.string().optional() });
const template = z.object({
  name: z.string(),
  language: z.object({ code: z.string() }),
  components: z
    .array(
      z.object({
        type: z.enum(['header', 'body', 'button']),
        sub_type: z.string().optional(),
        index: z.string().optional(),
        parameters: z.array(parameter),
      }),
    )
    .default([]),
});

const sendSchema = z.discriminatedUnion('type', [
  z.object({
    ...recipient,
    type: z.literal('text'),
    text: z.object({ body: z.string().min(1).max(limits.body), preview_url: z.boolean().optional() }),
  }),
  z.object({
    ...recipient,
    type: z.literal('interactive'),
    interactive: z.discriminatedUnion('type', [buttons, list]),
  }),
  z.object({ ...recipient, type: z.literal('template'), template }),
  z.object({ ...recipient, type: z.literal('image'), image: link }),
  z.object({ ...recipient, type: z.literal('video'), video: link }),
  z.object({ ...recipient, type: z.literal('audio'), audio: link }),
  z.object({ ...recipient, type: z.literal('document'), document: link }),
]);

export type SendAsked = z.infer<typeof sendSchema>;

export const readMark = z.object({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string(),
  typing_indicator: z.object({ type: z.literal('text') }).optional(),
});

/** Reads a send the way Meta does: the first thing that is wrong with it is the answer. */
export function parseSend(json: unknown): { kind: 'send'; asked: SendAsked } | { kind: 'refused'; reply: Reply } {
  const { success, data, error } = sendSchema.safeParse(json);
  if (!success) {
    const [issue] = error.issues;
    const code = issue?.path.at(-1) === 'type' ? 131051 : 100;
    return { kind: 'refused', reply: refusal(code, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`) };
  }
  if (data.to === undefined && data.recipient === undefined) {
    return { kind: 'refused', reply: refusal(100, 'The parameter to is required.') };
  }
  return rowsOf(data).length > limits.rows
    ? { kind: 'refused', reply: refusal(131009, 'Total row count exceed max allowed count: 10') }
    : { kind: 'send', asked: data };
}

/** All rows of all sections of a list. */
export function rowsOf(asked: SendAsked): z.infer<typeof row>[] {
  if (asked.type !== 'interactive' || asked.interactive.type !== 'list') return [];
  return asked.interactive.action.sections.flatMap(({ rows }) => rows);
}
