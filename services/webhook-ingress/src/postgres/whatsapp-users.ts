import type { Id, PersonAddress, PhoneNumber, WhatsAppUser } from '@frontdesk/kernel';
import type pg from 'pg';

/** Somebody who wrote to a clinic on WhatsApp, as WhatsApp tells it. */
export type ToldWriter = { orgId: Id; user: WhatsAppUser; number: PhoneNumber | null };

export type KnownWriter = {
  knownAs: PersonAddress | null;
  numberIsKnown: boolean;
  /** The contact that the user is remembered as. */
  linkedTo: Id | null;
};

const idOf = (user: WhatsAppUser): string => user.slice('wa:'.length);

/**
 * What the clinics know of the writers, in their order. Until the commit each user stays as they are, and nobody else learns of
 * one who is new: two who did so at once would make two people of them.
 */
export async function knownWriters(
  client: pg.ClientBase,
  writers: readonly ToldWriter[],
): Promise<readonly KnownWriter[]> {
  const users = [writers.map(({ orgId }) => orgId), writers.map(({ user }) => idOf(user))];
  const alone = client.query({
    name: 'await-whatsapp-users',
    // In one order, so that two transactions never wait for each other crosswise.
    text: `
      select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended('whatsapp-user:' || org_id || ':' || user_id, 0) as key
        from unnest($1::uuid[], $2::text[]) as w (org_id, user_id) order by key) as keys`,
    values: users,
  });
  const lock = client.query({
    name: 'lock-whatsapp-users',
    text: `
      select from whatsapp_users u
      where (u.org_id, u.user_id) in (select w.org_id, w.user_id from unnest($1::uuid[], $2::text[]) as w (org_id, user_id))
      order by u.org_id, u.user_id for update`,
    values: users,
  });
  const read = client.query<{ known_as: PersonAddress | null; number_is_known: boolean; linked_to: Id | null }>({
    name: 'known-writers',
    text: `
      select coalesce(c.phone, own.phone) as known_as, p.id is not null as number_is_known, u.contact_id as linked_to
      from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality as w (org_id, user_id, number, ordinal)
      left join whatsapp_users u on u.org_id = w.org_id and u.user_id = w.user_id
      left join contacts c on c.org_id = u.org_id and c.id = u.contact_id
      left join contacts own on own.org_id = w.org_id and own.phone = 'wa:' || w.user_id
      left join contacts p on p.org_id = w.org_id and p.phone = w.number
      order by w.ordinal`,
    values: [...users, writers.map(({ number }) => number)],
  });
  const [, , { rows }] = await Promise.all([alone, lock, read]);
  return rows.map(({ known_as: knownAs, number_is_known: numberIsKnown, linked_to: linkedTo }) => ({
    knownAs,
    numberIsKnown,
    linkedTo,
  }));
}

/** Contacts that were known by their id alone have a number from now on. */
export async function nameContacts(
  client: pg.ClientBase,
  contacts: readonly { orgId: Id; from: PersonAddress; to: PersonAddress }[],
): Promise<void> {
  if (contacts.length === 0) return;
  await client.query({
    name: 'name-contacts',
    text: `
      update contacts c set phone = n.number
      from unnest($1::uuid[], $2::text[], $3::text[]) as n (org_id, address, number)
      where c.org_id = n.org_id and c.phone = n.address`,
    values: [contacts.map(({ orgId }) => orgId), contacts.map(({ from }) => from), contacts.map(({ to }) => to)],
  });
}

/** That a user of WhatsApp is this contact. */
export type WriterLink = {
  orgId: Id;
  user: WhatsAppUser;
  contactId: Id;
  /** The text said the number of the contact, too. */
  byNumber: boolean;
  wroteAt: Temporal.Instant;
};

/**
 * Remembers whose the users are. One who is remembered already is somebody else's from now on only when a number says so, and
 * nothing that the known person wrote since says otherwise: a text may come late.
 */
export async function linkWriters(
  client: pg.ClientBase,
  links: readonly WriterLink[],
  now: Temporal.Instant,
): Promise<void> {
  if (links.length === 0) return;
  const rows = (of: readonly WriterLink[]) => [
    of.map(({ orgId }) => orgId),
    of.map(({ user }) => idOf(user)),
    of.map(({ contactId }) => contactId),
  ];
  const add = client.query({
    name: 'add-whatsapp-users',
    text: `
      insert into whatsapp_users (org_id, user_id, contact_id, created_at)
      select org_id, user_id, contact_id, $4
      from unnest($1::uuid[], $2::text[], $3::uuid[]) as l (org_id, user_id, contact_id)
      order by org_id, user_id
      on conflict (org_id, user_id) do nothing`,
    values: [...rows(links), now.toString()],
  });
  const told = links.filter(({ byNumber }) => byNumber);
  const move = client.query({
    name: 'move-whatsapp-users',
    text: `
      update whatsapp_users u set contact_id = l.contact_id
      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[]) as l (org_id, user_id, contact_id, wrote_at)
      where u.org_id = l.org_id and u.user_id = l.user_id and u.contact_id <> l.contact_id
        and not exists (select from contacts c join conversations v on v.org_id = c.org_id and v.contact_id = c.id
          where c.org_id = u.org_id and c.id = u.contact_id and c.phone not like 'wa:%' and v.last_inbound_at > l.wrote_at)`,
    values: [...rows(told), told.map(({ wroteAt }) => wroteAt.toString())],
  });
  await Promise.all([add, move]);
}
