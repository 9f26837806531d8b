export { nextState, type Deposit, type DepositEvent, type DepositState } from './deposit.ts';
export { judgePayment, type PaymentReport, type PaymentStatus, type PaymentVerdict } from './payment-report.ts';
export type { MerchantAccount, OrderState, PaymentLink, PaymentLinks } from './ports.ts';
