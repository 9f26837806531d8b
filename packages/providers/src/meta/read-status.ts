import { isId } from '@frontdesk/kernel';
import type { CarrierEvent, DeliveryReport } from '../webhook-content.ts';
import { statusSchema } from './webhook-schemas.ts';

const statuses: Readonly<Record<string, DeliveryReport['status']>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

/** Reads what became of a message that left one of the clinic's numbers. */
export function readStatus(given: unknown, phoneNumberId: string): CarrierEvent {
  const addressee = { by: 'whatsapp' as const, phoneNumberId };
  const { success, data } = statusSchema.safeParse(given);
  if (!success) {
    const event = { eventType: 'message.unreadable', externalId: 'status', occurredAt: null };
    return { ...event, addressee, content: { kind: 'ignored' } };
  }
  const { id, status: told, timestamp, errors, biz_opaque_callback_data: attempt = '' } = data;
  const event = { eventType: `message.${told}`, externalId: id, occurredAt: timestamp ?? null, addressee };
  const status = Object.hasOwn(statuses, told) ? statuses[told] : undefined;
  if (status === undefined) return { ...event, content: { kind: 'ignored' } };
  return {
    ...event,
    content: {
      kind: 'delivery-report',
      provider: 'meta',
      messageId: id,
      status,
      errorCode: errors?.[0]?.code ?? null,
      ...(isId(attempt) && { attemptId: attempt }),
    },
  };
}
