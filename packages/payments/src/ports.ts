import type { Id, Money } from '@frontdesk/kernel';

/** A clinic's account at the payment provider; the token is open here and nowhere stored so. */
export type MerchantAccount = { accessToken: string; squareLocationId: string };

export type PaymentLink = { linkId: string; orderId: string; url: string };

/**
 * What the provider holds of an order now. `payment` is null when it says that the order is paid but not yet by what:
 * the report of the payment then follows by itself.
 */
export type OrderState =
  | { kind: 'unpaid' }
  | { kind: 'paid'; payment: { paymentId: string; amount: Money; updatedAt: Temporal.Instant } | null };

/**
 * A clinic's payment provider.
 * @throws TransientFailure (time-out, 429, 5xx: try again with the same key) or PermanentFailure
 */
export type PaymentLinks = {
  /** Repeating the key returns the first link: no second one is ever made. Names no treatment. */
  create(
    account: MerchantAccount,
    link: { idempotencyKey: string; depositId: Id; amount: Money; description: string },
  ): Promise<PaymentLink>;
  /** Ends the link: nobody can start to pay any more. A link that is gone already is no error. */
  delete(account: MerchantAccount, linkId: string): Promise<void>;
  /** Reads the order, to learn whether a payment landed before the link was deleted. */
  order(account: MerchantAccount, orderId: string): Promise<OrderState>;
};
