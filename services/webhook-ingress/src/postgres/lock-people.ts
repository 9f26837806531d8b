import { newId, type Id, type PhoneNumber } from '@frontdesk/kernel';
import type pg from 'pg';
import { jsonRows } from './json-rows.ts';

/** Somebody who texted or called a clinic. */
export type Caller = { orgId: Id; phone: PhoneNumber; clinicNumber: PhoneNumber };
export type Person = { contactId: Id; conversationId: Id };

/** Finds a caller among the locked. */
export type People = (caller: Pick<Caller, 'orgId' | 'phone'>) => Person;

type PersonRow = { org_id: Id; phone: string; contact_id: Id; conversation_id: Id };

/**
 * Finds the conversation of each caller, makes it for those who are new, and locks all of them until the commit.
 * Locks are taken in one order in every transaction. Whoever comes second sees what the first one wrote.
 */
export async function lockPeople(client: pg.ClientBase, callers: readonly Caller[]): Promise<People> {
  const wanted = new Map(callers.map((caller) => [keyOf(caller.orgId, caller.phone), caller]));
  if (wanted.size === 0) return find(new Map());
  const found = await lock(client, [...wanted.values()]);
  const strangers = [...wanted].filter(([key]) => !found.has(key)).map(([, caller]) => caller);
  if (strangers.length === 0) return find(found);
  await create(client, strangers);
  return find(new Map([...found, ...(await lock(client, strangers))]));
}

async function lock(client: pg.ClientBase, callers: readonly Caller[]): Promise<Map<string, Person>> {
  const { rows } = await client.query<PersonRow>({
    name: 'lock-people',
    text: `
      select v.org_id, c.phone, c.id as contact_id, v.id as conversation_id
      from jsonb_to_recordset($1::jsonb) as p (org_id uuid, phone text)
      join contacts c on c.org_id = p.org_id and c.phone = p.phone
      join conversations v on v.org_id = c.org_id and v.contact_id = c.id
      order by v.org_id, v.id
      for no key update of v`,
    values: [encode(callers)],
  });
  return new Map(
    rows.map(({ org_id: orgId, phone, contact_id: contactId, conversation_id: conversationId }) => [
      keyOf(orgId, phone),
      { contactId, conversationId },
    ]),
  );
}

async function create(client: pg.ClientBase, strangers: readonly Caller[]): Promise<void> {
  const people = encode(strangers);
  await client.query({
    name: 'create-contacts',
    text: `
      insert into contacts (org_id, id, phone)
      select org_id, contact_id, phone
      from jsonb_to_recordset($1::jsonb) as p (org_id uuid, phone text, contact_id uuid)
      order by org_id, phone
      on conflict (org_id, phone) do nothing`,
    values: [people],
  });
  await client.query({
    name: 'create-conversations',
    text: `
      insert into conversations (org_id, id, contact_id, clinic_number)
      select c.org_id, p.conversation_id, c.id, p.clinic_number
      from jsonb_to_recordset($1::jsonb) as p (org_id uuid, phone text, conversation_id uuid, clinic_number text)
      join contacts c on c.org_id = p.org_id and c.phone = p.phone
      order by c.org_id, c.id
      on conflict (org_id, contact_id) do nothing`,
    values: [people],
  });
}

function encode(callers: readonly Caller[]): string {
  return jsonRows(
    callers.map(({ orgId, phone, clinicNumber }) => ({
      org_id: orgId,
      phone,
      clinic_number: clinicNumber,
      contact_id: newId(),
      conversation_id: newId(),
    })),
  );
}

function find(people: ReadonlyMap<string, Person>): People {
  return ({ orgId, phone }) => {
    const person = people.get(keyOf(orgId, phone));
    if (person === undefined) throw new Error('a person who was just written is not there');
    return person;
  };
}

function keyOf(orgId: Id, phone: string): string {
  return `${orgId} ${phone}`;
}
