export { recordDepositAnswer, recordDepositAsked, recordDepositStatus } from './deposit.ts';
export { findOrCreateLead } from './find-or-create-lead.ts';
export { saveDetails } from './save-details.ts';
export { addTags } from './tags.ts';
