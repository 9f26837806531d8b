import type { OperatorDatabase } from '@frontdesk/db';

export const scheduledStates = ['scheduled', 'asked', 'cancelled', 'dropped'] as const;

export type ScheduledFilter = {
  orgId?: string;
  states?: readonly string[];
  since?: Temporal.Instant;
  until?: Temporal.Instant;
};

/** A text that is to leave at a time. */
export type ScheduledText = {
  id: string;
  orgId: string;
  kind: string;
  appointmentId: string | null;
  dueAt: string;
  state: string;
  /** Why it was cancelled or dropped: one of our own sentences. */
  reason: string | null;
};

/** Those that are due first, at most `most`. `since` and `until` are of the moment at which they are due. */
export async function listScheduledTexts(
  database: OperatorDatabase,
  { orgId, states, since, until }: ScheduledFilter,
  most: number,
): Promise<ScheduledText[]> {
  const rows = await database.query<Omit<ScheduledText, 'dueAt'> & { dueAt: Date }>`
    select id, org_id as "orgId", kind, appointment_id as "appointmentId", due_at as "dueAt", state, reason
    from scheduled_texts
    where (${orgId ?? null}::uuid is null or org_id = ${orgId ?? null}::uuid)
      and (${states ?? null}::text[] is null or state = any (${states ?? null}::text[]))
      and due_at >= coalesce(${since?.toString() ?? null}::timestamptz, '-infinity')
      and due_at < coalesce(${until?.toString() ?? null}::timestamptz, 'infinity')
    order by due_at, id limit ${most}::int`;
  return rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() }));
}
