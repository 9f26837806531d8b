import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { tMobileZone } from '../../tendlc/throughput.ts';

/** The lowest id that `newId` gives from a moment on: ids sort by time, so that no index on the time is needed. */
const firstIdAt = ({ epochMilliseconds }: Temporal.Instant): Id => {
  const hex = epochMilliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

const startOfDay = (now: Temporal.Instant): Temporal.Instant =>
  now.toZonedDateTimeISO(tMobileZone).startOfDay().toInstant();

/**
 * The parts of texts that carriers may have taken today from the numbers of a brand's campaigns: what was refused for sure, and what
 * went by WhatsApp or another carrier from the same number, does not count. A number that left its campaign today still does.
 */
export async function partsOfBrandToday(
  tx: TenantTransaction,
  { orgId, brandId, now }: { orgId: Id; brandId: Id; now: Temporal.Instant },
): Promise<number> {
  const since = startOfDay(now);
  const [row] = await tx.$queryRaw<{ taken: number }[]>`
    select coalesce(sum(coalesce(m.segments, 1)), 0)::int as taken
    from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
    where a.org_id = ${orgId}::uuid and a.id >= ${firstIdAt(since)}::uuid and a.provider = 'telnyx'
      and coalesce(a.outcome, 'unknown') in ('accepted', 'unknown')
      and a.from_number in (select n.e164 from tendlc_numbers n join tendlc_campaigns c on c.org_id = n.org_id and c.id = n.campaign_id
        where n.org_id = ${orgId}::uuid and c.brand_id = ${brandId}::uuid
          and (n.state = 'added' or n.state = 'removed' and n.state_at >= ${toDate(since)}))`;
  return row?.taken ?? 0;
}

/** What left from the clinic's numbers by text in the last thirty days. */
export async function textsInMonth(
  tx: TenantTransaction,
  { orgId, now }: { orgId: Id; now: Temporal.Instant },
): Promise<number> {
  const since = now.subtract({ hours: 30 * 24 });
  const [row] = await tx.$queryRaw<{ taken: number }[]>`
    select count(*)::int as taken
    from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
    where a.org_id = ${orgId}::uuid and a.id >= ${firstIdAt(since)}::uuid and a.outcome = 'accepted' and m.channel = 'sms'`;
  return row?.taken ?? 0;
}

export async function clinicName(tx: TenantTransaction, orgId: Id): Promise<string> {
  const [row] = await tx.$queryRaw<{ name: string }[]>`select name from organizations where id = ${orgId}::uuid`;
  return row?.name ?? '';
}

/** Which carrier has the clinic's number. Null: the clinic does not have it. */
export async function carrierOfNumber(
  tx: TenantTransaction,
  { orgId, number }: { orgId: Id; number: string },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ carrier: string }[]>`
    select carrier from phone_numbers where org_id = ${orgId}::uuid and e164 = ${number}`;
  return row?.carrier ?? null;
}
