import type { Channel } from '@frontdesk/contracts';
import { newId, type Id } from '@frontdesk/kernel';
import { consentLock } from '@frontdesk/messaging';
import type pg from 'pg';
import { jsonRows } from './json-rows.ts';

/** Somebody stopped the texts of a clinic, or wants them again. */
export type ConsentChange = {
  orgId: Id;
  phone: string;
  kind: 'opt-out' | 'opt-in';
  source: 'keyword' | 'free-wording' | 'carrier';
  /** Null: it is not from their words alone that the desk knows it. */
  wording: string | null;
  channel: Channel;
  /** The number that the person wrote to. */
  clinicNumber: string;
  inboundMessageId: Id | null;
  /** When the carrier got the text. */
  receivedAt: Temporal.Instant;
  at: Temporal.Instant;
};

/**
 * Writes what was wanted, and the evidence of it. Who stops the texts also withdraws a consent to marketing, which START does not
 * bring back. A START that comes after a STOP which was sent later is left out. Of what one person wants by two channels at
 * once, the last stands.
 */
export async function storeConsent(client: pg.ClientBase, changes: readonly ConsentChange[]): Promise<void> {
  let open = changes.toSorted((a, b) => Temporal.Instant.compare(a.receivedAt, b.receivedAt));
  while (open.length > 0) {
    const first = new Map(open.toReversed().map((change) => [consentLock(change), change]));
    await storeOneOfEach(client, [...first.values()]);
    open = open.filter((change) => first.get(consentLock(change)) !== change);
  }
}

async function storeOneOfEach(client: pg.ClientBase, changes: readonly ConsentChange[]): Promise<void> {
  const lock = client.query({
    name: 'lock-consent',
    text: 'select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) as key',
    values: [[...new Set(changes.map(consentLock))].toSorted()],
  });
  const store = client.query({
    name: 'store-consent',
    text: `
      with c as materialized (
        select * from jsonb_to_recordset($1::jsonb) as c (id uuid, withdrawal_id uuid, org_id uuid, phone text,
          kind text, source text, wording text, channel text, clinic_number text, inbound_message_id uuid, received_at timestamptz,
          at timestamptz)
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
      ), withdrawn (id, org_id, phone, kind, source, wording, channel, clinic_number, inbound_message_id, at) as (
        delete from marketing_consents m
        using (select distinct on (org_id, phone) * from c where kind = 'opt-out' order by org_id, phone) c
        where m.org_id = c.org_id and m.phone = c.phone
        returning c.withdrawal_id, c.org_id, c.phone, 'marketing-opt-out', c.source, c.wording, c.channel,
          c.clinic_number, c.inbound_message_id, c.at
      )
      insert into consent_events (org_id, id, phone, kind, source, wording, inbound_message_id, occurred_at, channel, clinic_number,
        recorded_by)
      select org_id, id, phone, kind, source, wording, inbound_message_id, at, channel, clinic_number, 'webhook-ingress'
      from (select id, org_id, phone, kind, source, wording, channel, clinic_number, inbound_message_id, at from c
        union all table withdrawn) events`,
    values: [
      jsonRows(
        changes.map(({ orgId, inboundMessageId, receivedAt, clinicNumber, ...change }) => ({
          id: newId(),
          withdrawal_id: newId(),
          org_id: orgId,
          clinic_number: clinicNumber,
          inbound_message_id: inboundMessageId,
          received_at: receivedAt,
          ...change,
        })),
      ),
    ],
  });
  await Promise.all([lock, store]);
}
