import { parsePhoneNumber, TransientFailure } from '@frontdesk/kernel';
import type { CarrierOptOut, CarrierOptOuts } from '@frontdesk/messaging/ports';
import { z } from 'zod';
import { telnyxClient, type TelnyxSettings } from './sms-gateway.ts';

const pageSize = 250;
const mostPages = 400;

/**
 * A row of the list: `from` is the sender that the person stopped, `to` the person, as the SDK's types say ("receiving address",
 * redacted on wish). UNVERIFIED: that a START is listed with its keyword, rather than the block gone.
 */
const row = z.object({
  from: z.string(),
  to: z.string(),
  keyword: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }),
});

const optIns: readonly string[] = ['START', 'UNSTOP', 'YES'];

/** Telnyx's own list of opt-outs, one per messaging profile. */
export function telnyxOptOuts(settings: TelnyxSettings): CarrierOptOuts {
  const client = telnyxClient(settings);
  return {
    async *since(messagingProfileId, since) {
      for (let page = 1; page <= mostPages; page++) {
        const { data, meta } = await client.messagingOptouts.list(
          {
            filter: { messaging_profile_id: messagingProfileId },
            created_at: { gte: since.toString() },
            redaction_enabled: 'false',
            'page[number]': page,
            'page[size]': pageSize,
          },
          { signal: AbortSignal.timeout(settings.timeoutMs) },
        );
        for (const listed of data ?? []) {
          const entry = read(listed);
          if (entry !== null) yield entry;
        }
        if (page >= (meta?.total_pages ?? 1)) return;
      }
      throw new TransientFailure('the list of opt-outs at Telnyx is longer than can be read at once');
    },
  };
}

/** Null for what cannot be a person's wish: redacted or alphanumeric addresses. */
function read(listed: unknown): CarrierOptOut | null {
  const parsed = row.safeParse(listed);
  const phone = parsed.success ? parsePhoneNumber(parsed.data.to) : null;
  if (!parsed.success || phone === null) return null;
  const { from, keyword = null, created_at: at } = parsed.data;
  const isOptIn = optIns.includes((keyword ?? '').trim().toUpperCase());
  return {
    phone,
    clinicNumber: from,
    kind: isOptIn ? 'opt-in' : 'opt-out',
    wording: keyword,
    at: Temporal.Instant.from(at),
  };
}
