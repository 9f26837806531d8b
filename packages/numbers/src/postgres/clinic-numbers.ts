import type { PhoneCarrier } from '@frontdesk/contracts';
import { toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import type { CallHandling, NumberOrigin } from './assign-number.ts';

export type ClinicNumber = {
  number: PhoneNumber;
  locationId: Id;
  carrier: PhoneCarrier;
  origin: NumberOrigin;
  /** The carrier's own id of it. */
  numberId: string | null;
  profileId: string;
  callHandling: CallHandling;
  transferTo: PhoneNumber | null;
  textsPerSecond: number | null;
  campaign: string | null;
  assignedAt: Temporal.Instant;
};

type Row = Omit<ClinicNumber, 'assignedAt'> & { assignedAt: Date };
const ofRow = (row: Row): ClinicNumber => ({ ...row, assignedAt: toInstant(row.assignedAt) });

/** The clinic's numbers, and nobody else changes which they are before the transaction ends. */
export async function lockNumbers(tx: TenantTransaction, orgId: Id): Promise<ClinicNumber[]> {
  await tx.$queryRaw`select from phone_numbers where org_id = ${orgId}::uuid order by e164 for update`;
  return listNumbers(tx, { orgId, after: null, atMost: null });
}

/** The clinic's numbers in their order, after one of them. */
export async function listNumbers(
  tx: TenantTransaction,
  { orgId, after, atMost }: { orgId: Id; after: string | null; atMost: number | null },
): Promise<ClinicNumber[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select e164 as number, location_id as "locationId", carrier, origin, carrier_number_id as "numberId",
      messaging_profile_id as "profileId",
      call_handling as "callHandling", transfer_to as "transferTo", texts_per_second::float as "textsPerSecond", campaign,
      assigned_at as "assignedAt"
    from phone_numbers
    where org_id = ${orgId}::uuid and (${after}::text is null or e164 > ${after}::text)
    order by e164 limit ${atMost}::int`;
  return rows.map(ofRow);
}

/** What would be lost with a number: WhatsApp, and scheduled texts of the conversations that are on it. */
export async function whatHangsOn(
  tx: TenantTransaction,
  { orgId, number }: { orgId: Id; number: PhoneNumber },
): Promise<{ onWhatsApp: boolean; reminders: number }> {
  const [row] = await tx.$queryRaw<{ onWhatsApp: boolean; reminders: number }[]>`
    select exists (select from whatsapp_senders
        where org_id = ${orgId}::uuid and e164 = ${number} and state in ('connecting', 'online')) as "onWhatsApp",
      (select count(*)::int from scheduled_texts s
        join conversations c on c.org_id = s.org_id and c.id = s.conversation_id
        where s.org_id = ${orgId}::uuid and s.state = 'scheduled' and c.clinic_number = ${number}) as reminders`;
  return row ?? { onWhatsApp: false, reminders: 0 };
}
