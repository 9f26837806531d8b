import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Appointment, AppointmentState } from '../appointment.ts';

type Row = {
  id: string;
  org_id: string;
  location_id: string;
  practitioner_id: string;
  practitioner_name: string;
  service_id: string;
  contact_id: string;
  conversation_id: string;
  starts_at: Date;
  ends_at: Date;
  state: AppointmentState;
  hold_expires_at: Date | null;
};

export async function appointmentById(tx: TenantTransaction, orgId: Id, id: Id): Promise<Appointment | null> {
  const rows = await tx.$queryRaw<Row[]>`
    select a.*, p.name as practitioner_name
    from appointments a join practitioners p on p.org_id = a.org_id and p.id = a.practitioner_id
    where a.org_id = ${orgId}::uuid and a.id = ${id}::uuid`;
  return rows.map(toAppointment)[0] ?? null;
}

/** As `appointmentById`, and nobody else changes it until the transaction ends. */
export async function lockAppointment(tx: TenantTransaction, orgId: Id, id: Id): Promise<Appointment | null> {
  const rows = await tx.$queryRaw<Row[]>`
    select a.*, p.name as practitioner_name
    from appointments a join practitioners p on p.org_id = a.org_id and p.id = a.practitioner_id
    where a.org_id = ${orgId}::uuid and a.id = ${id}::uuid
    for update of a`;
  return rows.map(toAppointment)[0] ?? null;
}

export async function appointmentByCause(
  tx: TenantTransaction,
  orgId: Id,
  causeKey: string,
): Promise<Appointment | null> {
  const rows = await tx.$queryRaw<Row[]>`
    select a.*, p.name as practitioner_name
    from appointments a join practitioners p on p.org_id = a.org_id and p.id = a.practitioner_id
    where a.org_id = ${orgId}::uuid and a.cause_key = ${causeKey}`;
  return rows.map(toAppointment)[0] ?? null;
}

/** The person's visit that lies ahead: the newest that is confirmed, or held and not run out. */
export async function liveAppointment(
  tx: TenantTransaction,
  { orgId, contactId, now }: { orgId: Id; contactId: Id; now: Temporal.Instant },
): Promise<Appointment | null> {
  const rows = await tx.$queryRaw<Row[]>`
    select a.*, p.name as practitioner_name
    from appointments a join practitioners p on p.org_id = a.org_id and p.id = a.practitioner_id
    where a.org_id = ${orgId}::uuid and a.contact_id = ${contactId}::uuid and a.ends_at > ${toDate(now)}
      and (a.state = 'confirmed' or (a.state = 'held' and a.hold_expires_at > ${toDate(now)}))
    order by a.created_at desc, a.id desc
    limit 1`;
  return rows.map(toAppointment)[0] ?? null;
}

function toAppointment(row: Row): Appointment {
  return {
    id: row.id,
    orgId: row.org_id,
    locationId: row.location_id,
    practitionerId: row.practitioner_id,
    practitionerName: row.practitioner_name,
    serviceId: row.service_id,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    startsAt: toInstant(row.starts_at),
    endsAt: toInstant(row.ends_at),
    state: row.state,
    holdExpiresAt: row.hold_expires_at === null ? null : toInstant(row.hold_expires_at),
  };
}
