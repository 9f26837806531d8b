import { z } from 'zod';

const digits = z.string().regex(/^\d{1,40}$/);

/** What cannot be read counts as not told: nobody's message or receipt is lost over a part of it. */
const ifTold = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? undefined);

/** Unix seconds, as a string with messages and as a number with what the account is told. */
const seconds = ifTold(
  z
    .union([z.string().regex(/^\d{1,12}$/), z.number().int().min(0).max(999_999_999_999)])
    .transform((value) => Temporal.Instant.fromEpochMilliseconds(Number(value) * 1_000)),
);
const text = ifTold(z.string());
/** As Meta makes them, and short enough for an index. */
export const idSchema = z.string().regex(/^[\x21-\x7e]{1,512}$/);

export const bodySchema = z.object({ object: z.literal('whatsapp_business_account'), entry: z.array(z.unknown()) });

/** What was told of one account. */
export const entrySchema = z.object({
  id: z
    .string()
    .regex(/^\w{1,100}$/)
    .catch(''),
  time: seconds,
  changes: z.array(z.unknown()),
});
export const changeSchema = z.object({
  field: z.string().regex(/^\w{1,100}$/),
  value: z.record(z.string(), z.unknown()),
});

export type Change = {
  field: string;
  account: string;
  at: Temporal.Instant | undefined;
  value: Record<string, unknown>;
};

/** The change that messages and their receipts come in. */
export const messagesSchema = z.object({
  metadata: z.object({ phone_number_id: digits }),
  contacts: z.array(z.unknown()).nullish(),
  messages: z.array(z.unknown()).nullish(),
  statuses: z.array(z.unknown()).nullish(),
});

export const contactSchema = z.object({ wa_id: text, user_id: text });
export type Contact = z.infer<typeof contactSchema>;

const file = ifTold(z.object({ id: ifTold(z.string().regex(/^\w{1,200}$/)), mime_type: text, caption: text }));
const chosen = ifTold(z.object({ id: z.string(), title: z.string() }));

export const messageSchema = z.object({
  id: idSchema,
  type: z.string(),
  timestamp: seconds,
  /** Without the plus; missing for people who keep their number to themselves. */
  from: text,
  from_user_id: text,
  text: ifTold(z.object({ body: text })),
  image: file,
  audio: file,
  video: file,
  document: file,
  sticker: file,
  location: ifTold(z.object({ latitude: z.number(), longitude: z.number(), name: text, address: text })),
  interactive: ifTold(z.object({ button_reply: chosen, list_reply: chosen })),
  button: ifTold(z.object({ text, payload: text })),
  system: ifTold(z.object({ type: text, wa_id: text, user_id: text, previous_user_id: text })),
});
export type Message = z.infer<typeof messageSchema>;

export const statusSchema = z.object({
  id: idSchema,
  status: z.string().regex(/^\w{1,64}$/),
  timestamp: seconds,
  biz_opaque_callback_data: text,
  errors: ifTold(z.array(z.object({ code: z.coerce.string() }))),
});

export const templateUpdateSchema = z.object({
  /** UNVERIFIED: that it is no number beyond 2^53, whose last digits would be lost. Its news is then nobody's, and the next look tells. */
  message_template_id: z.coerce.string().regex(/^\d{1,40}$/),
  event: text,
  reason: text,
  rejection_info: ifTold(z.object({ reason: text, recommendation: text })),
  other_info: ifTold(z.object({ title: text, description: text })),
  new_quality_score: text,
  new_category: text,
});

export const numberUpdateSchema = z.object({
  display_phone_number: z.string(),
  event: text,
  decision: text,
  rejection_reason: text,
  max_daily_conversations_per_business: text,
});

export const accountUpdateSchema = z.object({
  event: text,
  decision: text,
  violation_info: ifTold(z.object({ violation_type: text })),
  ban_info: ifTold(z.object({ waba_ban_state: text })),
  restriction_info: ifTold(z.array(z.object({ restriction_type: text, remediation: text }))),
  disconnection_info: ifTold(z.object({ reason: text })),
});
