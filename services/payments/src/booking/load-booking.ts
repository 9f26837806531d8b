import type { Clinic, Location, Service } from '@frontdesk/clinics';
import { loadClinic } from '@frontdesk/clinics/postgres';
import type { PrismaTransaction } from '@frontdesk/db';
import { NotFound, present, type Id } from '@frontdesk/kernel';
import type { Deposit } from '@frontdesk/payments';
import { depositOfAppointment } from '@frontdesk/payments/postgres';
import type { Appointment } from '@frontdesk/scheduling';
import { lockAppointment } from '@frontdesk/scheduling/postgres';

type Patient = {
  phone: string;
  clinicNumber: string;
  firstName: string | null;
  /** Texts may name the treatment: the person was warned that a lock screen shows it, and agreed. */
  agreedToDetail: boolean;
};

/** A visit with its money and everything that is needed to speak of it. */
export type Booking = {
  appointment: Appointment;
  deposit: Deposit | null;
  clinic: Clinic;
  location: Location;
  /** Null when the clinic no longer offers it. */
  service: Service | null;
  patient: Patient;
};

/**
 * Locks the visit, so that all that happens to it and to its deposit happens one after the other.
 * @throws NotFound when this clinic has no such visit
 */
export async function loadBooking(tx: PrismaTransaction, orgId: Id, appointmentId: Id): Promise<Booking> {
  const appointment = await lockAppointment(tx, orgId, appointmentId);
  if (appointment === null) throw new NotFound(`no appointment ${appointmentId}`);
  const clinic = await loadClinic(tx, orgId);
  return {
    appointment,
    deposit: await depositOfAppointment(tx, orgId, appointmentId),
    clinic,
    location: present(
      clinic.locations.find(({ id }) => id === appointment.locationId),
      'the location of the visit',
    ),
    service: clinic.services.find(({ id }) => id === appointment.serviceId) ?? null,
    patient: await loadPatient(tx, appointment),
  };
}

type PatientRow = { phone: string; clinic_number: string; first_name: string | null; detailed: boolean };

async function loadPatient(tx: PrismaTransaction, { orgId, contactId, conversationId }: Appointment): Promise<Patient> {
  const [row] = await tx.$queryRaw<PatientRow[]>`
    select p.phone, c.clinic_number, l.first_name, p.detail_agreed_at is not null as detailed
    from conversations c
      join contacts p on p.org_id = c.org_id and p.id = c.contact_id
      left join leads l on l.org_id = p.org_id and l.contact_id = p.id
    where c.org_id = ${orgId}::uuid and c.id = ${conversationId}::uuid and c.contact_id = ${contactId}::uuid`;
  const { phone, clinic_number, first_name, detailed } = present(row, 'the person of the visit');
  return { phone, clinicNumber: clinic_number, firstName: first_name, agreedToDetail: detailed };
}
