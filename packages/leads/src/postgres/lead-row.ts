import { toInstant } from '@frontdesk/db';
import type { DepositStatus, Lead, PatientType } from '../lead.ts';

export type LeadRow = {
  contact_id: string;
  source: Lead['source'];
  first_name: string | null;
  service_id: string | null;
  patient_type: PatientType | null;
  preferred_days: number[];
  preferred_from_minute: number | null;
  preferred_until_minute: number | null;
  any_time: boolean;
  deposit_status: DepositStatus;
  deposit_asked_at: Date | null;
  deposit_asked_appointment_id: string | null;
  tags: string[];
};

export function toLead(row: LeadRow): Lead {
  return {
    contactId: row.contact_id,
    source: row.source,
    firstName: row.first_name,
    serviceId: row.service_id,
    patientType: row.patient_type,
    preferredDays: row.preferred_days,
    preferredFromMinute: row.preferred_from_minute,
    preferredUntilMinute: row.preferred_until_minute,
    anyTime: row.any_time,
    depositStatus: row.deposit_status,
    depositAskedAt: row.deposit_asked_at === null ? null : toInstant(row.deposit_asked_at),
    depositAskedAppointmentId: row.deposit_asked_appointment_id,
    tags: row.tags,
  };
}
