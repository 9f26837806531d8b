import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { ConsentChannel, ConsentKind, ConsentSource } from '../consent/consent.ts';

/** Which changes of consent: of a clinic, a person of it, a time. */
export type ConsentFilter = {
  orgId: Id;
  phone?: string | undefined;
  since?: Temporal.Instant | undefined;
  until?: Temporal.Instant | undefined;
};

/** A change of consent as it was written, and what left for the person between it and the next change. */
export type ConsentRecord = {
  id: Id;
  phone: string;
  kind: ConsentKind;
  source: ConsentSource;
  occurredAt: Temporal.Instant;
  channel: ConsentChannel;
  clinicNumber: string | null;
  wording: string | null;
  inboundMessageId: Id | null;
  recordedBy: string | null;
  /** Texts that a carrier took or may have taken, the answers to keywords apart. After an opt-out it is 0. */
  textsAfter: number;
  /** Answers to STOP, HELP and START. */
  keywordAnswersAfter: number;
};

/** Where a page ends; opaque to others. */
export type ConsentCursor = { at: string; id: Id };

type Row = {
  id: Id;
  phone: string;
  kind: ConsentKind; // check constraints keep kinds, sources and channels
  source: ConsentSource;
  occurred_at: Date;
  cursor_at: string;
  channel: ConsentChannel;
  clinic_number: string | null;
  wording: string | null;
  inbound_message_id: Id | null;
  recorded_by: string | null;
  texts: number;
  answers: number;
};

/** A page of the ledger, oldest first, and where the next one begins; null after the last. */
export async function consentPage(
  tx: TenantTransaction,
  { orgId, phone, since, until }: ConsentFilter,
  { after, size }: { after: ConsentCursor | null; size: number },
): Promise<{ records: ConsentRecord[]; next: ConsentCursor | null }> {
  const from = since === undefined ? null : toDate(since);
  const to = until === undefined ? null : toDate(until);
  const rows = await tx.$queryRaw<Row[]>`
    with page as materialized (
      select e.*, (select min(n.occurred_at) from consent_events n
        where n.org_id = e.org_id and n.phone = e.phone and n.kind in ('opt-out', 'opt-in')
          and (n.occurred_at, n.id) > (e.occurred_at, e.id)) as next_at
      from consent_events e
      where e.org_id = ${orgId}::uuid and (${phone ?? null}::text is null or e.phone = ${phone ?? null}::text)
        and (${from}::timestamptz is null or e.occurred_at >= ${from}::timestamptz)
        and (${to}::timestamptz is null or e.occurred_at < ${to}::timestamptz)
        and (${after === null}::boolean
          or (e.occurred_at, e.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by e.occurred_at, e.id limit ${size}
    ), sent as materialized (
      select m.to_number, m.class, a.started_at
      from outbound_messages m join send_attempts a on a.org_id = m.org_id and a.message_id = m.id
      where m.org_id = ${orgId}::uuid and m.to_number in (select phone from page)
        and coalesce(a.outcome, 'unknown') in ('accepted', 'unknown')
    )
    select p.id, p.phone, p.kind, p.source, p.occurred_at, p.occurred_at::text as cursor_at, p.channel, p.clinic_number,
      p.wording, p.inbound_message_id, p.recorded_by,
      count(s.*) filter (where s.class <> 'keyword-answer')::int as texts,
      count(s.*) filter (where s.class = 'keyword-answer')::int as answers
    from page p left join sent s on s.to_number = p.phone and s.started_at > p.occurred_at
      and (p.next_at is null or s.started_at < p.next_at)
    group by p.id, p.phone, p.kind, p.source, p.occurred_at, p.channel, p.clinic_number, p.wording, p.inbound_message_id,
      p.recorded_by
    order by p.occurred_at, p.id`;
  const last = rows.at(-1);
  const isFull = rows.length === size && last !== undefined;
  return { records: rows.map(recordOf), next: isFull ? { at: last.cursor_at, id: last.id } : null };
}

function recordOf(row: Row): ConsentRecord {
  return {
    id: row.id,
    phone: row.phone,
    kind: row.kind,
    source: row.source,
    occurredAt: toInstant(row.occurred_at),
    channel: row.channel,
    clinicNumber: row.clinic_number,
    wording: row.wording,
    inboundMessageId: row.inbound_message_id,
    recordedBy: row.recorded_by,
    textsAfter: row.texts,
    keywordAnswersAfter: row.answers,
  };
}
