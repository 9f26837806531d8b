import type { Id } from '@frontdesk/kernel';
import type pg from 'pg';
import type { Webhook } from '../acceptance/webhook.ts';
import { jsonRowsWith } from './json-rows.ts';

type EventRow = { webhook: Webhook; orgId: Id | null; parkedReason: string | null };

const columns = 'id, org_id, provider, kind, external_id, payload, parked_reason, verified_at';
// The order is the same in every transaction, so that two that meet the same events never wait for each other crosswise.
const insert = `
  insert into webhook_events (${columns})
  select ${columns} from jsonb_to_recordset($1::jsonb) as e (id uuid, org_id uuid, provider text, kind text,
    external_id text, payload jsonb, parked_reason text, verified_at timestamptz)
  order by provider, kind, external_id
  on conflict do nothing`;

/** Writes the events of known clinics and returns the ids of those that are new; the others came before. */
export async function storeClinicEvents(client: pg.ClientBase, events: readonly EventRow[]): Promise<Set<Id>> {
  if (events.length === 0) return new Set();
  const { rows } = await client.query<{ id: Id }>({
    name: 'store-clinic-events',
    text: `${insert} returning id`,
    values: [encode(events)],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Writes the events that belong to no clinic. Nobody but the operators may read them, not even the writer. */
export async function storeOrphanEvents(client: pg.ClientBase, events: readonly EventRow[]): Promise<void> {
  if (events.length === 0) return;
  await client.query({ name: 'store-orphan-events', text: insert, values: [encode(events)] });
}

function encode(events: readonly EventRow[]): string {
  return jsonRowsWith(
    'payload',
    events.map(({ webhook: { id, provider, kind, externalId, payload, verifiedAt }, orgId, parkedReason }) => ({
      row: {
        id,
        org_id: orgId,
        provider,
        kind,
        external_id: externalId,
        parked_reason: parkedReason,
        verified_at: verifiedAt,
      },
      json: payload,
    })),
  );
}
