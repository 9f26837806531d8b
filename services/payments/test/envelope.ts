import type { Envelope, EventDefinition } from '@frontdesk/contracts';
import type { Id } from '@frontdesk/kernel';

/** An event as the queue brings it. */
export function createEnvelope<Data>(
  definition: EventDefinition<string, Data>,
  { orgId, data, eventId }: { orgId: Id; data: Data; eventId: Id },
): Envelope {
  return {
    id: eventId,
    type: definition.type,
    orgId,
    occurredAt: '2026-11-23T15:00:00Z',
    correlationId: definition.group(data),
    causationId: null,
    traceparent: null,
    data: definition.schema.parse(data),
  };
}
