import { z } from 'zod';

const digits = z.string().regex(/^\d{1,40}$/);

/** Unix seconds, as a string with messages and as a number with what the account is told. */
const seconds = z
  .union([z.string().regex(/^\d{1,12}$/), z.number().int().min(0).max(999_999_999_999)])
  .transform((value) => Temporal.Instant.fromEpochMilliseconds(Number(value) * 1_000));

export const bodySchema = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.object({
      id: z.string(),
      time: seconds.optional(),
      changes: z.array(z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) })),
    }),
  ),
});
export type Change = { field: string; account: string; at: Temporal.Instant | null; value: Record<string, unknown> };

/** The change that messages and their receipts come in. */
export const messagesSchema = z.object({
  metadata: z.object({ phone_number_id: digits }),
  contacts: z.array(z.unknown()).default([]),
  messages: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
});

export const contactSchema = z.object({ wa_id: z.string().optional(), user_id: z.string().optional() });
export type Contact = z.infer<typeof contactSchema>;

const file = z
  .object({ id: z.string().regex(/^\w{1,200}$/), mime_type: z.string().optional(), caption: z.string().optional() })
  .optional();
const chosen = z.object({ id: z.string(), title: z.string() }).optional();

export const messageSchema = z.object({
  id: z.string().min(1),
  type: z.string(),
  timestamp: seconds.nullish().default(null),
  /** Without the plus; missing for people who keep their number to themselves. */
  from: z.string().optional(),
  from_user_id: z.string().optional(),
  text: z.object({ body: z.string() }).optional(),
  image: file,
  audio: file,
  video: file,
  document: file,
  sticker: file,
  location: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
  interactive: z.object({ button_reply: chosen, list_reply: chosen }).optional(),
  button: z.object({ text: z.string(), payload: z.string().optional() }).optional(),
});
export type Message = z.infer<typeof messageSchema>;

export const statusSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: seconds.nullish().default(null),
  biz_opaque_callback_data: z.string().optional(),
  errors: z.array(z.object({ code: z.coerce.string() })).default([]),
});

const words = z.string().nullish();

export const templateUpdateSchema = z.object({
  /** UNVERIFIED: that it is no number beyond 2^53, whose last digits would be lost. Its news is then nobody's, and the next look tells. */
  message_template_id: z.coerce.string().regex(/^\d{1,40}$/),
  event: words,
  reason: words,
  rejection_info: z.object({ reason: words, recommendation: words }).nullish(),
  other_info: z.object({ title: words, description: words }).nullish(),
  new_quality_score: words,
  new_category: words,
});

export const numberUpdateSchema = z.object({
  display_phone_number: z.string(),
  event: words,
  decision: words,
  rejection_reason: words,
  max_daily_conversations_per_business: words,
});

export const accountUpdateSchema = z.object({
  event: words,
  decision: words,
  violation_info: z.object({ violation_type: words }).nullish(),
  ban_info: z.object({ waba_ban_state: words }).nullish(),
  restriction_info: z.array(z.object({ restriction_type: words, remediation: words })).nullish(),
  disconnection_info: z.object({ reason: words }).nullish(),
});
