import { hash } from 'node:crypto';
import { parseWebhook } from '../parse-webhook.ts';
import { byNumber, type CarrierEvent } from '../webhook-content.ts';
import { readMessage } from './read-message.ts';
import { readStatus } from './read-status.ts';
import { readUpdate } from './read-update.ts';
import { bodySchema, changeSchema, entrySchema, messagesSchema, type Change } from './webhook-schemas.ts';

/**
 * Reads a verified webhook of Meta's, which may bring many events of many clinics. What of it makes no sense is an ignored
 * event, so that the rest arrives.
 * @throws InvalidMessage when it is none at all, naming where
 */
export function readMetaEvents(body: unknown): CarrierEvent[] {
  return parseWebhook('Meta', bodySchema, body).entry.flatMap((given) => {
    const { success, data: entry } = entrySchema.safeParse(given);
    if (!success) return [unreadable(given)];
    return entry.changes.flatMap((each) => {
      const change = changeSchema.safeParse(each);
      if (!change.success) return [unreadable(each)];
      return readChange({ ...change.data, account: entry.id, at: entry.time });
    });
  });
}

function readChange(change: Change): CarrierEvent[] {
  if (change.field !== 'messages') return [readUpdate(change)];
  const { success, data } = messagesSchema.safeParse(change.value);
  if (!success) return [readUpdate(change)];
  const { metadata, contacts, messages, statuses } = data;
  return [
    ...(messages ?? []).map((message) => readMessage(message, contacts ?? [], metadata.phone_number_id)),
    ...(statuses ?? []).map((status) => readStatus(status, metadata.phone_number_id)),
  ];
}

function unreadable(given: unknown): CarrierEvent {
  const externalId = hash('sha256', JSON.stringify(given) ?? '').slice(0, 32);
  return {
    eventType: 'webhook.unreadable',
    externalId,
    occurredAt: null,
    addressee: byNumber([]),
    content: { kind: 'ignored' },
  };
}
