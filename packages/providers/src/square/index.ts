export { createSquarePaymentLinks, type SquareOptions } from './payment-links.ts';
