import { TextRequestedV1, type Envelope } from '@frontdesk/contracts';
import { newId, type Id } from '@frontdesk/kernel';

/** A valid event for messaging, about a text that need not exist. */
export function textRequested(orgId: Id, change: Partial<Envelope> = {}): Envelope {
  return {
    id: newId(),
    type: TextRequestedV1.type,
    orgId,
    occurredAt: '2026-11-20T10:00:00Z',
    correlationId: newId(),
    causationId: null,
    traceparent: null,
    data: { messageId: newId(), recipientId: newId() },
    ...change,
  };
}
