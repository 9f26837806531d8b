export { createSquarePaymentLinks, type SquareOptions } from './payment-links.ts';
export { readSquareEvent, type SquareEvent, type SquarePaymentReport } from './webhook-event.ts';
export { createSquareVerifier } from './webhook-signature.ts';
