import { z } from 'zod';

/** Long enough for every id seen, short enough for an index entry. */
const id = z.string().min(1).max(255);

/** A moment that Telnyx writes; one that cannot be read counts as not told. */
const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => Temporal.Instant.from(text))
  .nullish()
  .catch(null)
  .transform((instant) => instant ?? null);

/** A number stands bare in calls and WhatsApp, and inside an object in texts. */
const party = z
  .union([z.string(), z.object({ phone_number: z.string().nullish() })])
  .transform((value) => (typeof value === 'string' ? value : (value.phone_number ?? '')));

/** `to` is a list in texts and a bare string over WhatsApp. */
const recipients = z.union([z.array(party), party.transform((number) => [number])]);

/** What every Telnyx webhook carries, whatever it tells of. */
export const envelopeSchema = z.object({
  data: z.object({ id, event_type: id, occurred_at: moment, payload: z.unknown().optional() }),
});

/** A file that cannot be read counts as none; the others of its text are kept. */
const file = z
  .object({ url: z.url(), content_type: z.string().nullish().catch(null) })
  .nullable()
  .catch(null);

export const receivedSchema = z.object({
  id,
  from: party,
  to: recipients,
  text: z.string().nullish(),
  autoresponse_type: z.string().nullish(),
  media: z
    .array(file)
    .nullish()
    .catch(null)
    .transform((files) => (files ?? []).filter((each) => each !== null)),
  received_at: moment,
});

export const reportSchema = z.object({
  id,
  from: party,
  to: z.array(z.object({ status: z.string().nullish() })).min(1),
  errors: z
    .array(z.object({ code: z.coerce.string() }))
    .nullish()
    .catch(null),
});

export const callSchema = z.object({
  call_session_id: id,
  call_control_id: z.string().nullish(),
  direction: z.string().nullish(),
  state: z.string().nullish(),
  from: z.string().nullish(),
  to: z.string(),
  start_time: moment,
  hangup_cause: z.string().nullish(),
});

/** The numbers in an event that the desk does not act on. */
export const addressedSchema = z.object({ from: party.nullish(), to: recipients.nullish() });
