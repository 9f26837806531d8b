export { createSquarePaymentLinks } from './payment-links-on-demand.ts';
export type { SquareOptions } from './payment-links.ts';
