import { toDate, type TenantTransaction } from '@frontdesk/db';
import { NotFound, type Id } from '@frontdesk/kernel';
import type { Lead, LeadDetails } from '../lead.ts';
import { toLead, type LeadRow } from './lead-row.ts';

/** Writes what was learnt; what is left out stays as it is. @throws NotFound when the contact is no lead of this clinic */
export async function saveDetails(
  tx: TenantTransaction,
  { orgId, contactId, details, now }: { orgId: Id; contactId: Id; details: LeadDetails; now: Temporal.Instant },
): Promise<Lead> {
  const { preferredMinutes: minutes } = details;
  const [row] = await tx.$queryRaw<LeadRow[]>`
    update leads set
      first_name = coalesce(${details.firstName ?? null}::text, first_name),
      service_id = coalesce(${details.serviceId ?? null}::uuid, service_id),
      patient_type = coalesce(${details.patientType ?? null}::text, patient_type),
      preferred_days = coalesce(${details.preferredDays ?? null}::smallint[], preferred_days),
      preferred_from_minute =
        case when ${minutes !== undefined}::boolean then ${minutes?.from ?? null}::smallint else preferred_from_minute end,
      preferred_until_minute =
        case when ${minutes !== undefined}::boolean then ${minutes?.until ?? null}::smallint else preferred_until_minute end,
      any_time = coalesce(${details.anyTime ?? null}::boolean, any_time),
      updated_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and contact_id = ${contactId}::uuid
    returning *`;
  if (row === undefined) throw new NotFound(`contact ${contactId} is no lead`);
  return toLead(row);
}
