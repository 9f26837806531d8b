import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import type { FreeTime, Offer } from '../appointment.ts';

type Row = {
  id: string;
  service_id: string;
  practitioner_id: string;
  practitioner_name: string;
  starts_at: Date;
  ends_at: Date;
};

/** Records what is being offered to the person; this set replaces the one before it as the current one. */
export async function recordOffers(
  tx: TenantTransaction,
  offered: { orgId: Id; conversationId: Id; serviceId: Id; times: readonly FreeTime[]; now: Temporal.Instant },
): Promise<Offer[]> {
  const offers = offered.times.map((time) => ({ ...time, id: newId(), serviceId: offered.serviceId }));
  const rows = offers.map(({ id, practitionerId, startsAt, endsAt }) => ({
    id,
    practitioner_id: practitionerId,
    starts_at: startsAt.toString(),
    ends_at: endsAt.toString(),
  }));
  await tx.$executeRaw`
    insert into time_offers (org_id, id, conversation_id, service_id, practitioner_id, starts_at, ends_at, offered_at)
    select ${offered.orgId}::uuid, id, ${offered.conversationId}::uuid, ${offered.serviceId}::uuid, practitioner_id,
      starts_at, ends_at, ${toDate(offered.now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as o (id uuid, practitioner_id uuid, starts_at timestamptz, ends_at timestamptz)`;
  return offers;
}

/** The times that were offered last and still lie ahead, soonest first. */
export async function currentOffers(
  tx: TenantTransaction,
  { orgId, conversationId, now }: { orgId: Id; conversationId: Id; now: Temporal.Instant },
): Promise<Offer[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select o.id, o.service_id, o.practitioner_id, p.name as practitioner_name, o.starts_at, o.ends_at
    from time_offers o join practitioners p on p.org_id = o.org_id and p.id = o.practitioner_id
    where o.org_id = ${orgId}::uuid and o.conversation_id = ${conversationId}::uuid and o.starts_at > ${toDate(now)}
      and o.offered_at = (select max(offered_at) from time_offers
        where org_id = ${orgId}::uuid and conversation_id = ${conversationId}::uuid)
    order by o.starts_at, o.id`;
  return rows.map((row) => ({
    id: row.id,
    serviceId: row.service_id,
    practitionerId: row.practitioner_id,
    practitionerName: row.practitioner_name,
    startsAt: toInstant(row.starts_at),
    endsAt: toInstant(row.ends_at),
  }));
}
