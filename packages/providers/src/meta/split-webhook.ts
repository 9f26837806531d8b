import { z } from 'zod';
import { parseWebhook } from '../parse-webhook.ts';
import { contactSchema, messagesSchema } from './webhook-schemas.ts';

/** As the schemas that are read by, but with everything that stands in them. */
const wholeSchema = z.looseObject({ object: z.literal('whatsapp_business_account'), entry: z.array(z.unknown()) });
const wholeEntrySchema = z.looseObject({ changes: z.array(z.unknown()) });
const wholeMessagesSchema = z.looseObject({
  field: z.literal('messages'),
  value: z.record(z.string(), z.unknown()),
});
type WholeMessages = z.infer<typeof wholeMessagesSchema>;

/**
 * The body of a verified webhook as Meta would have written it for each of its events alone: it may bring those of many clinics
 * and people, and nobody's is kept with another's. `readMetaEvents` reads one event of each, in the same order.
 * @throws InvalidMessage when it is none at all, naming where
 */
export function splitMetaBody(body: unknown): readonly unknown[] {
  const { entry, ...whole } = parseWebhook('Meta', wholeSchema, body);
  return entry.flatMap(splitEntry).map((alone) => ({ ...whole, entry: [alone] }));
}

function splitEntry(given: unknown): unknown[] {
  const { success, data } = wholeEntrySchema.safeParse(given);
  if (!success) return [given];
  const { changes, ...account } = data;
  return changes.flatMap(splitChange).map((change) => ({ ...account, changes: [change] }));
}

function splitChange(given: unknown): unknown[] {
  const change = wholeMessagesSchema.safeParse(given).data;
  const read = messagesSchema.safeParse(change?.value).data;
  if (change === undefined || read === undefined) return [given];
  const contactsOf = findContacts(read.contacts ?? []);
  return [
    ...(read.messages ?? []).map((event) => eventAlone(change, 'messages', event, contactsOf(event))),
    ...(read.statuses ?? []).map((event) => eventAlone(change, 'statuses', event, contactsOf(event))),
  ];
}

function eventAlone(
  change: WholeMessages,
  name: 'messages' | 'statuses',
  event: unknown,
  contacts: readonly unknown[],
): unknown {
  const { contacts: _, messages: __, statuses: ___, ...shared } = change.value;
  return { ...change, value: { ...shared, ...(contacts.length > 0 && { contacts }), [name]: [event] } };
}

const id = z.string().optional().catch(undefined);
const partySchema = z.object({ from: id, from_user_id: id, recipient_id: id, recipient_user_id: id });

/** The contact who is the person whom a message came from or went to; one alone is everybody's. */
function findContacts(contacts: readonly unknown[]): (event: unknown) => readonly unknown[] {
  if (contacts.length === 1) return () => contacts;
  const byId = new Map<string, unknown>();
  for (const contact of contacts) {
    const known = contactSchema.safeParse(contact).data;
    for (const key of [known?.wa_id, known?.user_id]) {
      if (key !== undefined && !byId.has(key)) byId.set(key, contact);
    }
  }
  return (event) => {
    const party = partySchema.safeParse(event).data ?? {};
    const own = Object.values(party).flatMap((each) => (each === undefined ? [] : (byId.get(each) ?? [])));
    return [...new Set(own)];
  };
}
