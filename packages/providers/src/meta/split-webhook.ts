import { z } from 'zod';
import { parseWebhook } from '../parse-webhook.ts';
import { contactSchema, messagesSchema } from './webhook-schemas.ts';

/** As `bodySchema`, but with everything that stands in it. */
const wholeSchema = z.looseObject({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.looseObject({ changes: z.array(z.looseObject({ field: z.string(), value: z.record(z.string(), z.unknown()) })) }),
  ),
});
type WholeChange = z.infer<typeof wholeSchema>['entry'][number]['changes'][number];

/**
 * The body of a verified webhook as Meta would have written it for each of its events alone: it may bring those of many clinics
 * and people, and nobody's is kept with another's. `readMetaEvents` reads one event of each, in the same order.
 * @throws InvalidMessage when it is none at all, naming where
 */
export function splitMetaBody(body: unknown): readonly unknown[] {
  const { entry, ...whole } = parseWebhook('Meta', wholeSchema, body);
  return entry.flatMap(({ changes, ...account }) =>
    changes.flatMap(splitChange).map((change) => ({ ...whole, entry: [{ ...account, changes: [change] }] })),
  );
}

function splitChange(change: WholeChange): WholeChange[] {
  const read = change.field === 'messages' ? messagesSchema.safeParse(change.value).data : undefined;
  if (read === undefined) return [change];
  const { contacts, messages, statuses } = read;
  const { contacts: _, messages: __, statuses: ___, ...shared } = change.value;
  const alone = (name: 'messages' | 'statuses') => (event: unknown) => {
    const own = contacts.filter((contact) => contacts.length === 1 || isOf(contact, event));
    return { ...change, value: { ...shared, ...(own.length > 0 && { contacts: own }), [name]: [event] } };
  };
  return [...messages.map(alone('messages')), ...statuses.map(alone('statuses'))];
}

const partySchema = z.object({
  from: z.string().optional(),
  from_user_id: z.string().optional(),
  recipient_id: z.string().optional(),
  recipient_user_id: z.string().optional(),
});

/** Whether a contact is the person whom a message came from or went to. */
function isOf(contact: unknown, event: unknown): boolean {
  const known = contactSchema.safeParse(contact).data;
  const party = partySchema.safeParse(event).data;
  if (known === undefined || party === undefined) return false;
  const is = (id: string | undefined, ...others: (string | undefined)[]) => id !== undefined && others.includes(id);
  return (
    is(known.wa_id, party.from, party.recipient_id) || is(known.user_id, party.from_user_id, party.recipient_user_id)
  );
}
