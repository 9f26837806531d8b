import { z } from 'zod';
import { replaySchema } from './replay.ts';

/** What every message carries around its data. Ids and plain facts only; a patient's words stay in Postgres. */
export const envelopeSchema = z.object({
  id: z.uuid(),
  type: z.string(),
  orgId: z.uuid(),
  occurredAt: z.iso.datetime({ offset: true }),
  /** The conversation, call or order that the whole story belongs to. */
  correlationId: z.string(),
  /** The event, webhook or step that caused this one. */
  causationId: z.string().nullable(),
  /** W3C trace context, so that one trace runs from webhook to delivered text. */
  traceparent: z.string().nullable(),
  /** Set when operators replayed the event, or when one that they replayed with its effects withheld caused it. */
  replay: replaySchema.optional(),
  data: z.unknown(),
});

export type Envelope<Data = unknown> = Omit<z.infer<typeof envelopeSchema>, 'data'> & { data: Data };
