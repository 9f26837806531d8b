import { parsePhoneNumber, whatsAppUser, type Id, type WhatsAppUser } from '@frontdesk/kernel';
import type { ReceivedText } from '@frontdesk/providers/telnyx-webhooks';
import type pg from 'pg';
import type { People } from '../postgres/meet-people.ts';
import { personKey } from '../postgres/meet-people.ts';
import {
  knownWriters,
  linkWriters,
  nameContacts,
  type ToldWriter,
  type WriterLink,
} from '../postgres/whatsapp-users.ts';
import { isAbout, type Addressed } from './webhook.ts';
import { whoWrote } from './who-wrote.ts';

/** A text whose writer has an id at WhatsApp, and whom the clinic remembered it as. */
type Recognised = ToldWriter & { webhookId: Id; linkedTo: Id | null; address: string; wroteAt: Temporal.Instant };

/** Texts with the address that the clinic knows their writers by, and what is to be remembered once they are met. */
export type Recognition = { webhooks: readonly Addressed[]; writers: readonly Recognised[] };

/**
 * Who writes on WhatsApp is known by their id there, since their number is not always told. Asks nothing where no text is from
 * there.
 */
export async function recogniseWriters(client: pg.ClientBase, webhooks: readonly Addressed[]): Promise<Recognition> {
  const told = webhooks.filter(isAbout('text')).flatMap(toldWriter);
  if (told.length === 0) return { webhooks, writers: [] };
  const known = await knownWriters(client, told);
  const found = told.map((writer, n) => {
    const { knownAs = null, numberIsKnown = false, linkedTo = null } = known[n] ?? {};
    return { ...writer, linkedTo, ...whoWrote({ ...writer, knownAs, numberIsKnown }) };
  });
  await nameContacts(
    client,
    found.flatMap(({ orgId, named, address }) => (named === null ? [] : [{ orgId, from: named, to: address }])),
  );
  const addresses = new Map(found.map(({ webhookId, address }) => [webhookId, address]));
  const recognised = webhooks.map((webhook): Addressed => {
    const from = addresses.get(webhook.id);
    const { content } = webhook;
    return from === undefined || content.kind !== 'text' ? webhook : { ...webhook, content: { ...content, from } };
  });
  return { webhooks: recognised, writers: found };
}

/** Remembers whose the ids of WhatsApp are, once everybody is met. */
export async function rememberWriters(
  client: pg.ClientBase,
  writers: readonly Recognised[],
  { people, now }: { people: People; now: Temporal.Instant },
): Promise<void> {
  const links = writers.flatMap(({ orgId, user, number, address, linkedTo, wroteAt }): WriterLink[] => {
    const person = people.get(personKey({ orgId, phone: address }));
    if (person === undefined || person.contactId === linkedTo) return [];
    return [{ orgId, user, contactId: person.contactId, byNumber: number !== null, wroteAt }];
  });
  await linkWriters(client, links, now);
}

/** How the desk would know the writer without their number; null where there is no id of WhatsApp that it understands. */
export function userOf({ whatsAppUserId }: ReceivedText): WhatsAppUser | null {
  return whatsAppUserId === null ? null : whatsAppUser(whatsAppUserId);
}

function toldWriter({ id, clinic, content, occurredAt }: Addressed<ReceivedText>) {
  const user = userOf(content);
  if (user === null) return [];
  const number = content.from.startsWith('wa:') ? null : parsePhoneNumber(content.from);
  return [{ webhookId: id, orgId: clinic.orgId, user, number, wroteAt: content.receivedAt ?? occurredAt }];
}
