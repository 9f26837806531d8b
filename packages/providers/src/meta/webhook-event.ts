import { parseWebhook } from '../parse-webhook.ts';
import type { CarrierEvent } from '../webhook-content.ts';
import { readMessage } from './read-message.ts';
import { readStatus } from './read-status.ts';
import { readUpdate } from './read-update.ts';
import { bodySchema, messagesSchema, type Change } from './webhook-schemas.ts';

/**
 * Reads a verified webhook of Meta's, which may bring many events of many clinics. What of it makes no sense is an ignored
 * event, so that the rest arrives.
 * @throws InvalidMessage when it is none at all, naming where
 */
export function readMetaEvents(body: unknown): CarrierEvent[] {
  const { entry } = parseWebhook('Meta', bodySchema, body);
  return entry.flatMap(({ id, time, changes }) =>
    changes.flatMap(({ field, value }) => readChange({ field, account: id, at: time ?? null, value })),
  );
}

function readChange(change: Change): CarrierEvent[] {
  if (change.field !== 'messages') return [readUpdate(change)];
  const { success, data } = messagesSchema.safeParse(change.value);
  if (!success) return [readUpdate(change)];
  const { metadata, contacts, messages, statuses } = data;
  return [
    ...messages.map((message) => readMessage(message, contacts, metadata.phone_number_id)),
    ...statuses.map((status) => readStatus(status, metadata.phone_number_id)),
  ];
}
