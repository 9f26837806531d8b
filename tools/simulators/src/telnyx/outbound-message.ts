import { newId, type Clock } from '@frontdesk/kernel';
import type { SendAsked } from './parse-send.ts';
import type { FinalStatus } from './types.ts';

/** A text on its way out, and how far it got. */
export interface OutboundMessage extends SendAsked {
  id: string;
  status: 'queued' | 'sent' | FinalStatus;
  errorCode: string | null;
  sentAt: Temporal.Instant | null;
  completedAt: Temporal.Instant | null;
}

export function queueMessage(asked: SendAsked): OutboundMessage {
  return { ...asked, id: newId(), status: 'queued', errorCode: null, sentAt: null, completedAt: null };
}

export function markSent(message: OutboundMessage, clock: Clock): void {
  message.status = 'sent';
  message.sentAt = clock();
}

export function markFinal(
  message: OutboundMessage,
  outcome: { status: FinalStatus; errorCode: string | null },
  clock: Clock,
): void {
  message.status = outcome.status;
  message.errorCode = outcome.errorCode;
  message.completedAt = clock();
}

/** `data` of the answer to a send. */
export function acceptedData(message: OutboundMessage): Record<string, unknown> {
  return {
    record_type: 'message',
    id: message.id,
    direction: 'outbound',
    type: message.type,
    from: { phone_number: message.from },
    to: [{ phone_number: message.to, status: 'queued' }],
    parts: message.segments.parts,
    encoding: message.segments.encoding,
    errors: [],
  };
}

/** The message as its events and its look-up tell it. */
export function outboundPayload(message: OutboundMessage): Record<string, unknown> {
  return {
    record_type: 'message',
    direction: 'outbound',
    id: message.id,
    type: message.type,
    messaging_profile_id: message.profileId,
    from: { phone_number: message.from, carrier: 'Telnyx', line_type: 'Wireless' },
    to: [{ phone_number: message.to, carrier: 'ExampleCell', line_type: 'Wireless', status: message.status }],
    text: message.text,
    parts: message.segments.parts,
    encoding: message.segments.encoding,
    media: message.mediaUrls.map((url) => ({ url })),
    cost: { amount: '0.0040', currency: 'USD' },
    errors: message.errorCode === null ? [] : [deliveryError(message.errorCode)],
    sent_at: message.sentAt?.toString() ?? null,
    completed_at: message.completedAt?.toString() ?? null,
  };
}

function deliveryError(code: string): Record<string, unknown> {
  return { code, title: 'Message not delivered', detail: 'The carrier did not deliver the message.', meta: {} };
}
