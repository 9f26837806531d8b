import type { Channel } from '@frontdesk/contracts';
import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { newId, present, type Id } from '@frontdesk/kernel';
import { consentLock } from '../consent/consent-lock.ts';
import type { Consent, ConsentEvidence } from '../consent/consent.ts';

type Person = { orgId: Id; phone: string };

/** Until this transaction ends, nobody else changes what holds for the person. */
export async function lockConsent(tx: TenantTransaction, person: Person): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${consentLock(person)}, 0))`;
}

/** What holds for a person now, as the last gate sees it. */
export async function consentOf(tx: TenantTransaction, { orgId, phone }: Person): Promise<Consent> {
  const [row] = await tx.$queryRaw<
    { stopped_at: Date | null; last_stop_at: Date | null; marketing_since: Date | null; resumed_at: Date | null }[]
  >`
    select (select opted_out_at from opt_outs where org_id = ${orgId}::uuid and phone = ${phone}) as stopped_at,
      (select max(occurred_at) from consent_events
        where org_id = ${orgId}::uuid and phone = ${phone} and kind = 'opt-out') as last_stop_at,
      (select given_at from marketing_consents where org_id = ${orgId}::uuid and phone = ${phone}) as marketing_since,
      (select max(occurred_at) from consent_events
        where org_id = ${orgId}::uuid and phone = ${phone} and kind = 'opt-in') as resumed_at`;
  const at = (date: Date | null | undefined) => (date === null || date === undefined ? null : toInstant(date));
  return {
    stoppedAt: at(row?.stopped_at),
    lastStopAt: at(row?.last_stop_at) ?? at(row?.stopped_at),
    marketingSince: at(row?.marketing_since),
    resumedAt: at(row?.resumed_at),
  };
}

export async function writeOptOut(
  tx: TenantTransaction,
  evidence: ConsentEvidence,
  { evenIfKnown }: { evenIfKnown: boolean },
): Promise<{ stopped: boolean; marketingWithdrawn: boolean }> {
  const { orgId, phone, source, wording, channel, clinicNumber, inboundMessageId, recordedBy, at } = evidence;
  await lockConsent(tx, evidence);
  const [row] = await tx.$queryRaw<{ stopped: boolean; withdrawn: boolean }[]>`
    with stopped as (
      insert into opt_outs (org_id, phone, opted_out_at) values (${orgId}::uuid, ${phone}, ${toDate(at)})
      on conflict (org_id, phone) do nothing returning phone
    ), withdrawn as (
      delete from marketing_consents where org_id = ${orgId}::uuid and phone = ${phone} returning phone
    ), changes as (
      select ${newId()}::uuid as id, 'opt-out' as kind where ${evenIfKnown}::boolean or exists (select from stopped)
      union all select ${newId()}::uuid, 'marketing-opt-out' from withdrawn
    ), written as (
      insert into consent_events (org_id, id, phone, kind, source, wording, inbound_message_id, occurred_at, channel,
        clinic_number, recorded_by)
      select ${orgId}::uuid, id, ${phone}, kind, ${source}, ${wording}, ${inboundMessageId}::uuid, ${toDate(at)},
        ${channel}, ${clinicNumber}, ${recordedBy} from changes
    )
    select exists (select from stopped) as stopped, exists (select from withdrawn) as withdrawn`;
  return { stopped: row?.stopped ?? false, marketingWithdrawn: row?.withdrawn ?? false };
}

/** Returns whether texts were stopped until now. */
export async function writeOptIn(
  tx: TenantTransaction,
  evidence: ConsentEvidence,
  { evenIfKnown }: { evenIfKnown: boolean },
): Promise<boolean> {
  const { orgId, phone } = evidence;
  await lockConsent(tx, evidence);
  const resumed = await tx.$executeRaw`delete from opt_outs where org_id = ${orgId}::uuid and phone = ${phone}`;
  if (resumed > 0 || evenIfKnown) await writeEvent(tx, evidence, 'opt-in');
  return resumed > 0;
}

/** When the person last took back, by any of their addresses, what they had agreed to or might agree to; null when never. */
export async function lastWithdrawal(
  tx: TenantTransaction,
  { orgId, phone }: Person,
): Promise<Temporal.Instant | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    select max(occurred_at) as at from consent_events
    where org_id = ${orgId}::uuid and phone = ${phone} and kind in ('opt-out', 'marketing-opt-out')`;
  return row?.at === null || row === undefined ? null : toInstant(row.at);
}

/**
 * Returns whether anything changed. Agreed is by one address; a withdrawal holds for the person, by whichever address they agreed.
 * Repeated words are evidence, too; that a carrier repeats itself is not. The ledger has a withdrawal under each address.
 */
export async function writeMarketingConsent(
  tx: TenantTransaction,
  evidence: ConsentEvidence,
  agreed: boolean,
): Promise<boolean> {
  const { orgId, phone, source, at } = evidence;
  const changed = agreed
    ? await tx.$queryRaw<{ phone: string }[]>`
        insert into marketing_consents (org_id, phone, given_at) values (${orgId}::uuid, ${phone}, ${toDate(at)})
        on conflict (org_id, phone) do nothing returning phone`
    : await tx.$queryRaw<{ phone: string }[]>`
        select phone from withdraw_marketing(${orgId}::uuid, ${phone}) as phone`;
  if (changed.length > 0 || source !== 'carrier') {
    await writeEvent(tx, evidence, agreed ? 'marketing-opt-in' : 'marketing-opt-out');
  }
  return changed.length > 0;
}

async function writeEvent(
  tx: TenantTransaction,
  { orgId, phone, source, wording, channel, clinicNumber, inboundMessageId, recordedBy, at }: ConsentEvidence,
  kind: string,
): Promise<void> {
  await tx.$executeRaw`
    insert into consent_events (org_id, id, phone, kind, source, wording, inbound_message_id, occurred_at, channel,
      clinic_number, recorded_by)
    values (${orgId}::uuid, ${newId()}::uuid, ${phone}, ${kind}, ${source}, ${wording}, ${inboundMessageId}::uuid,
      ${toDate(at)}, ${channel}, ${clinicNumber}, ${recordedBy})`;
}

/** Whether this text was counted as a change of consent before, or the person has asked for texts again since they wrote it. */
export async function wasDecidedSince(
  tx: TenantTransaction,
  { orgId, phone, messageId, receivedAt }: Person & { messageId: Id; receivedAt: Temporal.Instant },
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ decided: boolean }[]>`
    select exists (
      select from consent_events e
      left join inbound_messages m on m.org_id = e.org_id and m.id = e.inbound_message_id
      where e.org_id = ${orgId}::uuid and e.phone = ${phone}
        and (e.inbound_message_id = ${messageId}::uuid
          or e.kind = 'opt-in' and coalesce(m.received_at, e.occurred_at) > ${toDate(receivedAt)})) as decided`;
  return row?.decided ?? false;
}

/** From where to whom a text of the desk goes. */
export async function numbersOf(
  tx: TenantTransaction,
  { orgId, messageId }: { orgId: Id; messageId: Id },
): Promise<{ channel: Channel; from: string; to: string }> {
  const [row] = await tx.$queryRaw<{ channel: Channel; from: string; to: string }[]>`
    select channel, from_number as "from", to_number as "to" from outbound_messages
    where org_id = ${orgId}::uuid and id = ${messageId}::uuid`;
  return present(row, 'the text that was tried');
}
