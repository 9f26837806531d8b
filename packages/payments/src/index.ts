export type { MerchantAccount, OrderState, PaymentLink, PaymentLinks } from './ports.ts';
export { openToken, sealToken, type SealedToken, type TokenKeys } from './token-cipher.ts';
