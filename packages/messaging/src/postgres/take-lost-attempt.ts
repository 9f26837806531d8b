import type { CarrierName, Channel } from '@frontdesk/contracts';
import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { parsePersonAddress, parsePhoneNumber, present, type Id } from '@frontdesk/kernel';
import { heldUp } from '../outcome.ts';
import type { LostTry } from '../ports.ts';
import { wordingAtCarrier } from '../wording-at-carrier.ts';
import type { TriedText } from './record-outcome.ts';

/** A try whose fate nobody knows, with what its carrier can be asked by. */
export type LostAttempt = TriedText & { carrier: CarrierName; attempt: number; lost: LostTry };

type Row = {
  message_id: Id;
  attempt: number;
  provider: CarrierName; // the desk writes no other name
  started_at: Date;
  channel: Channel; // held by a check
  from_number: string;
  home_number: string;
  to_number: string;
  body: string;
  name: string;
  contact_id: Id | null;
  conversation_id: Id | null;
};

/**
 * Notes that the carrier is asked about an attempt without a known outcome. Null when the outcome has come to be known, or
 * somebody asked after `askedBefore`.
 */
export async function takeLostAttempt(
  tx: TenantTransaction,
  {
    orgId,
    attemptId,
    now,
    askedBefore,
  }: { orgId: Id; attemptId: Id } & Record<'now' | 'askedBefore', Temporal.Instant>,
): Promise<LostAttempt | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    update send_attempts a set asked_at = ${toDate(now)}
    from outbound_messages m join organizations o on o.id = m.org_id
    where a.org_id = ${orgId}::uuid and a.id = ${attemptId}::uuid and (a.outcome is null or a.outcome = 'unknown')
      and (a.asked_at is null or a.asked_at <= ${toDate(askedBefore)})
      and m.org_id = a.org_id and m.id = a.message_id and m.state in ('sending', 'unknown')
    returning m.id as message_id, coalesce(a.channel, m.channel) as channel, a.provider, a.started_at, coalesce(a.from_number, m.from_number) as from_number,
      m.from_number as home_number, m.to_number, m.body, o.name, m.contact_id, m.conversation_id,
      (select count(*)::int from send_attempts t
        where t.org_id = a.org_id and t.message_id = a.message_id and t.number <= a.number and coalesce(t.channel, m.channel) = coalesce(a.channel, m.channel)
          and t.error_code is distinct from ${heldUp}) as attempt`;
  if (row === undefined) return null;
  const isStandIn = row.from_number !== row.home_number;
  return {
    orgId,
    attemptId,
    messageId: row.message_id,
    attempt: row.attempt,
    carrier: row.provider,
    to: row.to_number,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    lost: {
      attemptId,
      channel: row.channel,
      from: present(parsePhoneNumber(row.from_number), 'the number of the clinic'),
      to: present(parsePersonAddress(row.to_number), 'the address of the person'),
      body: wordingAtCarrier(row.body, { isStandIn, clinicName: row.name }),
      startedAt: toInstant(row.started_at),
    },
  };
}

/** Whether the carrier's id is that of another try. */
export async function isOtherText(
  tx: TenantTransaction,
  {
    orgId,
    attemptId,
    provider,
    providerMessageId,
  }: Record<'orgId' | 'attemptId' | 'provider' | 'providerMessageId', string>,
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from send_attempts where org_id = ${orgId}::uuid and provider = ${provider}
      and provider_message_id = ${providerMessageId} and id <> ${attemptId}::uuid`;
  return rows.length > 0;
}
