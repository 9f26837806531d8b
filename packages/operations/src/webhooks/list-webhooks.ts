import type { OperatorDatabase } from '@frontdesk/db';

/** Which stored webhooks are meant. What is left out does not matter. */
export type WebhookFilter = {
  ids?: readonly string[];
  provider?: string;
  /** The provider's own word for it, such as `message.received`. */
  kind?: string;
  orgId?: string;
  /** Those that no clinic was found for. */
  parked?: boolean;
  /** Verified at this moment or later, and before that one. */
  since?: Temporal.Instant;
  until?: Temporal.Instant;
};

/** A webhook that was verified and stored. What it says stays in the database. */
export type StoredWebhook = {
  id: string;
  /** Null when no clinic was found for it. */
  orgId: string | null;
  provider: string;
  kind: string;
  externalId: string;
  parkedReason: string | null;
  verifiedAt: string;
};

/** The newest of them, at most `most`. */
export async function listWebhooks(
  database: OperatorDatabase,
  { ids, provider, kind, orgId, parked = false, since, until }: WebhookFilter,
  most: number,
): Promise<StoredWebhook[]> {
  const rows = await database.query<Omit<StoredWebhook, 'verifiedAt'> & { verifiedAt: Date }>`
    select id, org_id as "orgId", provider, kind, external_id as "externalId", parked_reason as "parkedReason",
      verified_at as "verifiedAt"
    from webhook_events
    where (${ids ?? null}::uuid[] is null or id = any (${ids ?? null}::uuid[]))
      and (${provider ?? null}::text is null or provider = ${provider ?? null}::text)
      and (${kind ?? null}::text is null or kind = ${kind ?? null}::text)
      and (${orgId ?? null}::uuid is null or org_id = ${orgId ?? null}::uuid)
      and (not ${parked}::boolean or parked_reason is not null)
      and verified_at >= coalesce(${since?.toString() ?? null}::timestamptz, '-infinity')
      and verified_at < coalesce(${until?.toString() ?? null}::timestamptz, 'infinity')
    order by verified_at desc, id desc limit ${most}::int`;
  return rows.map((row) => ({ ...row, verifiedAt: row.verifiedAt.toISOString() }));
}
