import type { Id } from '@frontdesk/kernel';
import type pg from 'pg';

/** Somebody whom a clinic knows by a number. */
export type PersonAt = { conversationId: Id; phone: string };

/** Who is known with a number to the clinics of these, of each by any of the addresses, in their order. */
export async function peopleAt(
  client: pg.ClientBase,
  asked: readonly { orgId: Id; addresses: readonly string[] }[],
): Promise<readonly PersonAt[][]> {
  const pairs = asked.flatMap(({ orgId, addresses }, n) => addresses.map((address) => ({ n, orgId, address })));
  if (pairs.length === 0) return asked.map(() => []);
  const { rows } = await client.query<{ n: number; phone: string; conversation_id: Id }>({
    name: 'people-at',
    text: `
      select distinct a.n, c.phone, v.id as conversation_id
      from unnest($1::int[], $2::uuid[], $3::text[]) as a (n, org_id, address)
      cross join lateral (
        select id from contacts where org_id = a.org_id and phone = a.address
        union all
        select contact_id from whatsapp_users where org_id = a.org_id and user_id = substr(a.address, 4) and a.address like 'wa:%'
      ) known
      join contacts c on c.org_id = a.org_id and c.id = known.id
      join conversations v on v.org_id = c.org_id and v.contact_id = c.id
      where c.phone not like 'wa:%'`,
    values: [pairs.map(({ n }) => n), pairs.map(({ orgId }) => orgId), pairs.map(({ address }) => address)],
  });
  return asked.map((_, n) =>
    rows.filter((row) => row.n === n).map((row) => ({ conversationId: row.conversation_id, phone: row.phone })),
  );
}
