export { findFacts, type ClinicFact } from './find-facts.ts';
export { loadClinic } from './load-clinic.ts';
export { beginRetirement, retireClinic, type RetiredClinic } from './retire-clinic.ts';
export { openStaffTask, resolveStaffTask, resolveStaffTasks, staffToNotify, type StaffMember } from './staff.ts';
export { writeClinic, type SealedAccount } from './write-clinic.ts';
