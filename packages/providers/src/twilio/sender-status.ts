import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseWebhook } from '../parse-webhook.ts';
import { byNumber, type CarrierAddressee, type CarrierEvent } from '../webhook-content.ts';
import { readTwilioStatus } from './read-message.ts';

const bodySchema = z.record(z.string(), z.unknown());

const senderSid = /^XE[0-9a-f]{32}$/i;
const contentSid = /^HX[0-9a-f]{32}$/i;

const statusNames = ['senderstatus', 'approvalstatus', 'status', 'errorcode'];
const reasonNames = ['rejectionreason', 'errormessage', 'reason', 'message'];
const deepest = 4;

/**
 * Reads the verified body, a form or JSON, of what Twilio tells of a sender of WhatsApp, or of the approval of a template.
 * UNVERIFIED: its fields, which no page of Twilio lists. What it is about is found by the prefix of its SID wherever that stands
 * (XE: a sender, HX: a content), and its state under any of the names that the API has for it. The event only rings: what is true
 * is asked of the API. Twilio calls the same address with the status of a message whose send named none; that is read as such.
 * @throws InvalidMessage for what is no object
 */
export function readTwilioSenderStatus(body: unknown): CarrierEvent {
  const told = parseWebhook('Twilio', bodySchema, body);
  if (typeof told['MessageSid'] === 'string') return readTwilioStatus(told);
  const fields = fieldsOf(told);
  const sid = fields.find(({ value }) => senderSid.test(value) || contentSid.test(value))?.value ?? null;
  const status = firstOf(fields, statusNames);
  const isContent = sid !== null && contentSid.test(sid);
  const event = {
    eventType: `${isContent ? 'content' : 'sender'}.${status ?? 'told'}`.slice(0, 100),
    // Of events without an id of their own: the same words are the same event.
    externalId: createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32),
    occurredAt: null,
  };
  if (sid === null) return { ...event, addressee: byNumber([]), content: { kind: 'ignored' } };
  const addressee: CarrierAddressee = {
    by: 'registration',
    provider: 'twilio',
    subject: isContent ? 'whatsapp-template' : 'whatsapp-sender',
    externalId: sid,
  };
  const reason = firstOf(fields, reasonNames);
  return {
    ...event,
    addressee,
    content: {
      kind: 'registration-report',
      news: { status: status?.slice(0, 100) ?? null, reasons: reason === null ? [] : [reason.slice(0, 1_000)] },
    },
  };
}

type Field = { name: string; value: string };

/** All texts in it, those in JSON within it, too. */
function fieldsOf(told: unknown, name = '', depth = 0): Field[] {
  if (depth > deepest || told === null || told === undefined) return [];
  if (typeof told === 'string') {
    const inside = /^[[{]/.test(told) ? parseJson(told) : undefined;
    return inside === undefined ? [{ name, value: told }] : fieldsOf(inside, name, depth + 1);
  }
  if (typeof told === 'number') return [{ name, value: String(told) }];
  if (typeof told !== 'object') return [];
  return Object.entries(told).flatMap(([key, value]) =>
    fieldsOf(value, key.replaceAll(/[^a-z]/gi, '').toLowerCase(), depth + 1),
  );
}

function firstOf(fields: readonly Field[], names: readonly string[]): string | null {
  for (const wanted of names) {
    const found = fields.find(({ name, value }) => name === wanted && value !== '');
    if (found !== undefined) return found.value;
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
