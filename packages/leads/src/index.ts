export {
  knowsPreferredTimes,
  type DepositStatus,
  type Lead,
  type LeadDetails,
  type LeadTag,
  type PatientType,
} from './lead.ts';
