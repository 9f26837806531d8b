export { depositAccountOf, type DepositAccount } from './deposit-account.ts';
export {
  depositById,
  depositOfAppointment,
  depositOfOrder,
  moveDeposit,
  noteDelayTold,
  requestDeposit,
  scheduleAttempt,
  storeLink,
  type NewDeposit,
} from './deposits.ts';
export { enterCapture } from './ledger.ts';
export {
  countFailuresTold,
  hasCompletedPayment,
  lockOrder,
  markApplied,
  recordReport,
  unappliedReports,
} from './payment-reports.ts';
