export {
  depositFor,
  type Clinic,
  type Location,
  type OpeningHours,
  type PatientType,
  type Service,
  type Weekday,
} from './clinic.ts';
export type { NewStaffTask, StaffTaskKind } from './staff-task.ts';
