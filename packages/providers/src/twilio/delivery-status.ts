import type { DeliveryReport } from '../webhook-content.ts';

/**
 * Twilio's message statuses (twilio.com/docs/messaging/api/message-resource#message-status-values) in the desk's words.
 * From `accepted` on Twilio has the text, which is what `sent` says. UNVERIFIED: how `partially_delivered` is to be read.
 */
const statuses: Readonly<Record<string, DeliveryReport['status']>> = {
  accepted: 'sent',
  scheduled: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  partially_delivered: 'unconfirmed',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};

/** Null for a status of texts to us, and for one that is not known. */
export function deliveryStatusOf(status: string): DeliveryReport['status'] | null {
  return Object.hasOwn(statuses, status) ? (statuses[status] ?? null) : null;
}
