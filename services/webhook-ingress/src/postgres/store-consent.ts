import { newId, type Id } from '@frontdesk/kernel';
import type pg from 'pg';
import { jsonRows } from './json-rows.ts';

/** Somebody stopped the texts of a clinic, or wants them again. */
export type ConsentChange = {
  orgId: Id;
  phone: string;
  kind: 'opt-out' | 'opt-in';
  source: 'keyword' | 'free-wording' | 'carrier';
  wording: string;
  inboundMessageId: Id;
  /** When the carrier got the text. */
  receivedAt: Temporal.Instant;
  at: Temporal.Instant;
};

/** Writes what was wanted, and the evidence of it. A START that comes after a STOP which was sent later is left out. */
export async function storeConsent(client: pg.ClientBase, changes: readonly ConsentChange[]): Promise<void> {
  if (changes.length === 0) return;
  await client.query({
    name: 'store-consent',
    text: `
      with c as materialized (
        select * from jsonb_to_recordset($1::jsonb) as c (id uuid, org_id uuid, phone text, kind text, source text,
          wording text, inbound_message_id uuid, received_at timestamptz, at timestamptz)
        where c.kind = 'opt-out' or not exists (
          select from consent_events e
          join inbound_messages m on m.org_id = e.org_id and m.id = e.inbound_message_id
          where e.org_id = c.org_id and e.phone = c.phone and e.kind = 'opt-out' and m.received_at > c.received_at)
        order by org_id, phone
      ), stopped as (
        insert into opt_outs (org_id, phone, opted_out_at) select org_id, phone, at from c where kind = 'opt-out'
        on conflict (org_id, phone) do nothing
      ), resumed as (
        delete from opt_outs o using c where c.kind = 'opt-in' and o.org_id = c.org_id and o.phone = c.phone
      )
      insert into consent_events (org_id, id, phone, kind, source, wording, inbound_message_id, occurred_at)
      select org_id, id, phone, kind, source, wording, inbound_message_id, at from c`,
    values: [
      jsonRows(
        changes.map(({ orgId, inboundMessageId, receivedAt, ...change }) => ({
          id: newId(),
          org_id: orgId,
          inbound_message_id: inboundMessageId,
          received_at: receivedAt,
          ...change,
        })),
      ),
    ],
  });
}
