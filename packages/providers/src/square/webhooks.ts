// Apart from the vendor's SDK, which whoever only reads webhooks need not load.
export { readSquareEvent, type SquareEvent, type SquarePaymentReport } from './webhook-event.ts';
export { createSquareVerifier } from './webhook-signature.ts';
