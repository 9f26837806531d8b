import type { OperatorDatabase, OperatorTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { DeadLetterFilter } from '../dead-letters/filter.ts';

/** A row of `parked_messages`. */
export type ParkedRow = {
  id: Id;
  orgId: Id | null;
  queue: string;
  reason: string;
  body: string;
  parkedAt: Date;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  resolution: 'redriven' | 'dismissed' | null;
};

/** The position behind which the next page begins. */
export type ParkedCursor = Pick<ParkedRow, 'parkedAt' | 'id'>;

/** The parked messages of the filter, oldest first. With ids also those that are settled, else only open ones. */
export function findParked(
  database: OperatorDatabase,
  { ids, type, orgId, queue, before, after }: DeadLetterFilter,
  { most, behind = null }: { most: number; behind?: ParkedCursor | null },
): Promise<ParkedRow[]> {
  return database.query<ParkedRow>`
    select id::text, org_id::text as "orgId", queue, reason, body, parked_at as "parkedAt",
      resolved_at as "resolvedAt", resolved_by as "resolvedBy", resolution
    from parked_messages
    where (${ids ?? null}::text[] is null and resolved_at is null
        or id::text = any (${ids ?? null}) or case when body is json then body::jsonb ->> 'id' end = any (${ids ?? null}))
      and (${type ?? null}::text is null or ${type ?? null} in (event_type, regexp_replace(event_type, '\\.v\\d+$', '')))
      and (${orgId ?? null}::uuid is null or org_id = ${orgId ?? null})
      and (${queue ?? null}::text is null or queue = ${queue ?? null})
      and (${before?.toString() ?? null}::timestamptz is null or parked_at < ${before?.toString() ?? null})
      and (${after?.toString() ?? null}::timestamptz is null or parked_at >= ${after?.toString() ?? null})
      and (${behind?.id ?? null}::uuid is null
        or (date_trunc('milliseconds', parked_at), id) > (${behind?.parkedAt ?? null}::timestamptz, ${behind?.id ?? null}))
    order by date_trunc('milliseconds', parked_at), id limit ${most}`;
}

/** Settles the row. False when somebody else has done so. */
export async function settleParked(
  tx: OperatorTransaction,
  { id, by, how, at }: { id: Id; by: string; how: 'redriven' | 'dismissed'; at: Temporal.Instant },
): Promise<boolean> {
  const settled = await tx.$executeRaw`
    update parked_messages set resolved_at = ${at.toString()}::timestamptz, resolved_by = ${by}, resolution = ${how}
    where id = ${id}::uuid and resolved_at is null`;
  return settled === 1;
}
