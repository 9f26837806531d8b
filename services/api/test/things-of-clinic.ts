import { inTenants } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import { medSpaBrand, medSpaCampaign, type TestDatabase } from '@frontdesk/testkit';
import { newNumber, type Desk } from './desk.ts';

const tables = [
  'outbound_messages',
  'number_orders',
  'hosted_orders',
  'hosted_documents',
  'tendlc_brands',
  'tendlc_campaigns',
  'whatsapp_senders',
  'message_templates',
  'registrations',
  'audit_log',
];

/** One of each thing that a clinic names by its id: the id by the path that lists it. */
export async function thingsOfClinic(desk: Desk, database: TestDatabase) {
  const { id: orgId, location } = desk.clinic;
  const asOwner = <T>(sql: string, values: unknown[]): Promise<T[]> =>
    // The caller names the columns that it selects.
    inTenants(database.owner, [orgId], async (client) => (await client.query(sql, values)).rows as T[]);
  const made = async (path: string, body: Record<string, unknown>): Promise<string> => {
    const headers = { 'idempotency-key': newId() };
    const answer = await desk.ask(path, { method: 'POST', body: { orgId, ...body }, headers });
    if (answer.status > 299) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return String(answer.body['id']);
  };

  const senderId = newId();
  await asOwner(
    `insert into whatsapp_senders (org_id, id, location_id, provider, e164, state, created_at, state_at)
     values ($1, $2, $3, 'twilio', $4, 'online', now(), now())`,
    [orgId, senderId, location.id, newNumber()],
  );
  const brandId = await made('/admin/tendlc/brands', { details: medSpaBrand });
  const words = { language: 'en_US', category: 'utility', kinds: ['by-hand'], valueNames: [], examples: [] };
  const ids: Record<string, string> = {
    '/admin/messages': await made('/admin/messages:send', { to: newNumber(), purpose: 'reminder', body: 'Only ours' }),
    '/admin/number-orders': await made('/admin/number-orders', { number: '+14805550601' }),
    '/admin/hosted-orders': await made('/admin/hosted-orders', { number: '+14805550602' }),
    '/admin/tendlc/brands': brandId,
    '/admin/tendlc/campaigns': await made('/admin/tendlc/campaigns', { brandId, details: medSpaCampaign }),
    '/admin/whatsapp/senders': senderId,
    '/admin/whatsapp/templates': await made('/admin/whatsapp/templates', {
      ...words,
      senderId,
      name: 'greeting',
      body: 'Hello, this is Radiance.',
    }),
  };
  // As far as codes and documents are taken.
  await asOwner(`update hosted_orders set state = 'verifying', external_id = 'order-1' where id = $1`, [
    ids['/admin/hosted-orders'],
  ]);

  return {
    ids,
    /** All that is kept of these things, to be compared. */
    async kept(): Promise<unknown[]> {
      const read = tables.map((table) => `select to_jsonb(t) as row from ${table} t where org_id = $1`);
      const rows = await asOwner<{ row: unknown }>(read.join(' union all '), [orgId]);
      return rows.map(({ row }) => JSON.stringify(row)).toSorted();
    },
  };
}
