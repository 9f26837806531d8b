import { z } from 'zod';
import { telnyxClient, type TelnyxSettings } from './sms-gateway.ts';

/** A webhook that Telnyx gave up on. */
export type UndeliveredWebhook = {
  /** The body as it was posted, but for its `meta`. */
  body: { data: Record<string, unknown> };
  /** Where it was posted to last, when the log says so. */
  url: string | null;
};

const pageSize = 250;
const mostPages = 400;

/**
 * The log of what Telnyx tried to deliver. UNVERIFIED: the shape is that of the SDK's types, tried against the simulator
 * alone; how long Telnyx keeps the log and in which order it lists are not documented. All that depends on it is here.
 */
const delivery = z.object({
  status: z.literal('failed'),
  webhook: z.looseObject({ id: z.string(), event_type: z.string(), payload: z.record(z.string(), z.unknown()) }),
  attempts: z
    .array(z.object({ http: z.object({ request: z.object({ url: z.string() }).partial().optional() }).optional() }))
    .catch([]),
});

/** Reads which webhooks never arrived. */
export function telnyxWebhookDeliveries(settings: TelnyxSettings) {
  const client = telnyxClient(settings);
  return {
    /** The webhooks given up on since then, as Telnyx lists them; entries that cannot be read are left out. */
    async *undeliveredSince(since: Temporal.Instant): AsyncGenerator<UndeliveredWebhook> {
      for (let page = 1; page <= mostPages; page++) {
        const { data, meta } = await client.webhookDeliveries.list(
          {
            filter: { status: { eq: 'failed' }, finished_at: { gte: since.toString() } },
            'page[number]': page,
            'page[size]': pageSize,
          },
          { signal: AbortSignal.timeout(settings.timeoutMs) },
        );
        for (const entry of data ?? []) {
          const read = delivery.safeParse(entry);
          if (!read.success) continue;
          const { webhook, attempts } = read.data;
          yield { body: { data: webhook }, url: attempts[0]?.http?.request?.url ?? null };
        }
        if (page >= (meta?.total_pages ?? 1)) return;
      }
    },
  };
}
