export type { DepositStatus, Lead, LeadDetails, LeadTag, PatientType } from './lead.ts';
