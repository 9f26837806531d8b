export { findFacts, type ClinicFact } from './find-facts.ts';
export { loadClinic } from './load-clinic.ts';
export { openStaffTask, resolveStaffTask, staffToNotify, type StaffMember } from './staff.ts';
