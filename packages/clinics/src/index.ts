export {
  depositFor,
  type Clinic,
  type Location,
  type OpeningHours,
  type PatientType,
  type Service,
  type Weekday,
} from './clinic.ts';
export {
  clinicDefinitionSchema,
  type ClinicDefinition,
  type PractitionerDefinition,
  type ServiceDefinition,
} from './clinic-definition.ts';
export type { NewStaffTask, StaffTaskKind } from './staff-task.ts';
