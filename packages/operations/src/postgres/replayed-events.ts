import type { OperatorTransaction } from '@frontdesk/db';
import type { Conditions } from '../events/event-selection.ts';

/** Up to where the event log was gone through. The position is a bigint, as text. */
export type Place = { position: string; eventId: string };

export type LoggedEvent = Place & { orgId: string; queue: string; groupId: string; envelope: unknown };

/** The next of the selected events in the order in which they were written, at most `most`. */
export function eventsOf(
  tx: OperatorTransaction,
  { conditions, after, most }: { conditions: Conditions; after: Place; most: number },
): Promise<LoggedEvent[]> {
  const n = conditions.values.length;
  return tx.search<LoggedEvent>(
    `select e.position::text, e.event_id as "eventId", e.org_id as "orgId", e.queue, e.group_id as "groupId", e.envelope
     from event_log e
     where ${conditions.text} and (e.position, e.event_id) > ($${n + 1}::bigint, $${n + 2}::uuid)
     order by e.position, e.event_id limit $${n + 3}`,
    [...conditions.values, after.position, after.eventId, most],
  );
}
