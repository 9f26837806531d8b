import { contexts, type ContextName } from '@frontdesk/contracts';
import { z } from 'zod';

/** Which published events are meant. What is left out does not matter. */
export const eventSelectionSchema = z.object({
  ids: z.array(z.uuid()).min(1).optional(),
  /** With its version, or without for all of them. */
  types: z.array(z.string().min(1)).min(1).optional(),
  orgId: z.uuid().optional(),
  /** The one consumer. */
  to: z.enum(Object.keys(contexts) as [ContextName, ...ContextName[]]).optional(), // the contexts are never none
  correlationId: z.string().min(1).optional(),
  /** Published at this moment or later. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** Published before this moment. */
  until: z.iso.datetime({ offset: true }).optional(),
});
export type EventSelection = z.infer<typeof eventSelectionSchema>;

/** Whether it names something that bounds it: without that it would mean all that ever happened. */
export function isBounded({ ids, correlationId, since }: EventSelection): boolean {
  return ids !== undefined || correlationId !== undefined || since !== undefined;
}

export type Conditions = { text: string; values: unknown[] };

/**
 * The selection as conditions on `event_log e`, with its values as parameters from $1 on. What a replay put there is no
 * history of its own and never selected.
 */
export function conditionsOf(selection: EventSelection): Conditions {
  const { ids, types, orgId, to, correlationId, since, until } = selection;
  const wanted: [condition: string, value: unknown][] = [];
  if (ids !== undefined) wanted.push(['e.event_id = any (?::uuid[])', ids]);
  if (types !== undefined) {
    const type = "e.envelope ->> 'type'";
    wanted.push([`(${type} = any (?::text[]) or regexp_replace(${type}, '\\.v\\d+$', '') = any (?::text[]))`, types]);
  }
  if (orgId !== undefined) wanted.push(['e.org_id = ?::uuid', orgId]);
  if (to !== undefined) wanted.push(['e.queue = ?::text', contexts[to].queue]);
  if (correlationId !== undefined) wanted.push(["e.envelope ->> 'correlationId' = ?::text", correlationId]);
  if (since !== undefined) wanted.push(['e.published_at >= ?::timestamptz', since]);
  if (until !== undefined) wanted.push(['e.published_at < ?::timestamptz', until]);
  const conditions = wanted.map(([condition], n) => condition.replaceAll('?', () => `$${n + 1}`));
  return {
    text: ["not jsonb_exists(e.envelope, 'replay')", ...conditions].join(' and '),
    values: wanted.map(([, value]) => value),
  };
}
