import type { Id } from '@frontdesk/kernel';
import type pg from 'pg';
import type { Addressed, Webhook } from '../acceptance/webhook.ts';
import type { Orphan } from '../acceptance/who-has-it.ts';

const columns = 'id, org_id, provider, kind, external_id, payload, attempt_id, parked_reason, verified_at';
// The order is the same in every transaction, so that two that meet the same events never wait for each other crosswise.
const insert = `
  insert into webhook_events (${columns})
  select id, org_id, provider, kind, external_id, payload::jsonb, attempt_id, parked_reason, verified_at
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[],
    $9::timestamptz[]) as e (${columns})
  order by provider, kind, external_id
  on conflict do nothing`;

/** Writes the events of known clinics and returns the ids of those that are new; the others came before. */
export async function storeClinicEvents(client: pg.ClientBase, webhooks: readonly Addressed[]): Promise<Set<Id>> {
  if (webhooks.length === 0) return new Set();
  const events = webhooks.map((webhook) => ({ webhook, orgId: webhook.clinic.orgId, parkedReason: null }));
  const { rows } = await client.query<{ id: Id }>({
    name: 'store-clinic-events',
    text: `${insert} returning id`,
    values: columnsOf(events),
  });
  return new Set(rows.map(({ id }) => id));
}

/** Writes the events that belong to no clinic. Nobody but the operators may read them, not even the writer. */
export async function storeOrphanEvents(client: pg.ClientBase, orphans: readonly Orphan[]): Promise<void> {
  if (orphans.length === 0) return;
  const events = orphans.map((orphan) => ({ ...orphan, orgId: null }));
  await client.query({ name: 'store-orphan-events', text: insert, values: columnsOf(events) });
}

type EventRow = { webhook: Webhook; orgId: Id | null; parkedReason: string | null };

/** One array for each column: the payloads are read once, by the cast, and nothing is encoded twice. */
function columnsOf(events: readonly EventRow[]): unknown[] {
  return [
    events.map(({ webhook }) => webhook.id),
    events.map(({ orgId }) => orgId),
    events.map(({ webhook }) => webhook.provider),
    events.map(({ webhook }) => webhook.kind),
    events.map(({ webhook }) => webhook.externalId),
    events.map(({ webhook }) => webhook.payload),
    events.map(({ webhook: { content } }) => (content.kind === 'delivery-report' ? content.attemptId : null)),
    events.map(({ parkedReason }) => parkedReason),
    events.map(({ webhook }) => webhook.verifiedAt.toString()),
  ];
}
