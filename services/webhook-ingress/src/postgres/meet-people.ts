import type { Channel } from '@frontdesk/contracts';
import { createPeople } from '@frontdesk/conversation/postgres';
import { transactionOn } from '@frontdesk/db';
import type { Id, PersonAddress, PhoneNumber } from '@frontdesk/kernel';
import type pg from 'pg';

/** Somebody who texted or called a clinic. A call is not a text: it moves nothing in the conversation. */
export type Caller = {
  orgId: Id;
  phone: PersonAddress;
  clinicNumber: PhoneNumber;
  channel: Channel;
  textedAt: Temporal.Instant | null;
};
export type Person = { contactId: Id; conversationId: Id };

/** Those met, by `personKey`. */
export type People = ReadonlyMap<string, Person>;

type PersonRow = { org_id: Id; phone: string; contact_id: Id; conversation_id: Id };

/**
 * Finds the conversations of those callers who have one, and notes in them the number and the channel last written to. A conversation
 * that was texted is locked until the commit: whoever texts into it next, at any instance, waits, and then sees what
 * was written.
 */
export async function meetKnown(client: pg.ClientBase, callers: readonly Caller[]): Promise<People> {
  const met = await Promise.all([
    lockTexted(client, callers.filter(hasTexted)),
    findCalled(
      client,
      callers.filter(({ textedAt }) => textedAt === null),
    ),
  ]);
  return new Map(
    met
      .flat()
      .map((row) => [
        personKey({ orgId: row.org_id, phone: row.phone }),
        { contactId: row.contact_id, conversationId: row.conversation_id },
      ]),
  );
}

export function personKey({ orgId, phone }: { orgId: Id; phone: string }): string {
  return `${orgId} ${phone}`;
}

/** The update is the lock. A text that is older than the last one changes nothing by it. */
async function lockTexted(client: pg.ClientBase, callers: readonly Texted[]): Promise<PersonRow[]> {
  if (callers.length === 0) return [];
  const sorted = latestOfEach(callers).toSorted(byKey);
  const { rows } = await client.query<PersonRow>({
    name: 'lock-texted',
    text: `
      update conversations v set
        clinic_number = case when v.last_inbound_at > p.texted_at then v.clinic_number else p.clinic_number end,
        channel = case when v.last_inbound_at > p.texted_at then v.channel else p.channel end,
        last_inbound_at = greatest(v.last_inbound_at, p.texted_at)
      from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
        as p (org_id, phone, clinic_number, channel, texted_at)
      join contacts c on c.org_id = p.org_id and c.phone = p.phone
      where v.org_id = c.org_id and v.contact_id = c.id
      returning v.org_id, c.phone, c.id as contact_id, v.id as conversation_id`,
    values: [
      sorted.map(({ orgId }) => orgId),
      sorted.map(({ phone }) => phone),
      sorted.map(({ clinicNumber }) => clinicNumber),
      sorted.map(({ channel }) => channel),
      sorted.map(({ textedAt }) => textedAt.toString()),
    ],
  });
  return rows;
}

async function findCalled(client: pg.ClientBase, callers: readonly Caller[]): Promise<PersonRow[]> {
  if (callers.length === 0) return [];
  const { rows } = await client.query<PersonRow>({
    name: 'find-called',
    text: `
      select v.org_id, c.phone, c.id as contact_id, v.id as conversation_id
      from unnest($1::uuid[], $2::text[]) as p (org_id, phone)
      join contacts c on c.org_id = p.org_id and c.phone = p.phone
      join conversations v on v.org_id = c.org_id and v.contact_id = c.id`,
    values: [callers.map(({ orgId }) => orgId), callers.map(({ phone }) => phone)],
  });
  return rows;
}

/** Makes contact and conversation for those who have none. */
export function createStrangers(client: pg.ClientBase, strangers: readonly Caller[]): Promise<void> {
  return createPeople(transactionOn(client), strangers.toSorted(byKey));
}

type Texted = Caller & { textedAt: Temporal.Instant };
const hasTexted = (caller: Caller): caller is Texted => caller.textedAt !== null;

/** Somebody may write on two channels at once: a row is updated but once. */
function latestOfEach(callers: readonly Texted[]): readonly Texted[] {
  const latest = new Map<string, Texted>();
  for (const caller of callers) {
    const other = latest.get(personKey(caller));
    const isLater = other === undefined || Temporal.Instant.compare(caller.textedAt, other.textedAt) >= 0;
    if (isLater) latest.set(personKey(caller), caller);
  }
  return [...latest.values()];
}

/** One order in every transaction, so that two seldom wait for each other crosswise. */
function byKey(a: Caller, b: Caller): number {
  return personKey(a) < personKey(b) ? -1 : 1;
}
