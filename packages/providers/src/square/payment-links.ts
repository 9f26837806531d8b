import { assertMayLeave, money, present, type Money } from '@frontdesk/kernel';
import type { MerchantAccount, OrderState, PaymentLinks } from '@frontdesk/payments/ports';
import { SquareClient, SquareError, type Square } from 'square';
import { squareFailure } from './square-failure.ts';

export type SquareOptions = {
  /** Where the payer lands after paying; never a proof of payment. */
  returnUrl: string;
  /** Square's production unless another is given. */
  baseUrl?: string | undefined;
  timeoutSeconds?: number;
};

/** Payment links of Square. Each call is one request: whoever calls it decides on another try, with the same key. */
export function createSquarePaymentLinks({ returnUrl, baseUrl, timeoutSeconds = 10 }: SquareOptions): PaymentLinks {
  const clientOf = ({ accessToken }: MerchantAccount) => {
    assertMayLeave('call Square');
    return new SquareClient({
      token: accessToken,
      maxRetries: 0,
      timeoutInSeconds: timeoutSeconds,
      ...(baseUrl === undefined ? {} : { baseUrl }),
    });
  };
  // The SDK's own time-out ends with the headers; this one holds for the body, too.
  const inTime = () => ({ abortSignal: AbortSignal.timeout(timeoutSeconds * 1_000) });
  return {
    async create(account, { idempotencyKey, depositId, amount, description }) {
      const client = clientOf(account);
      const { paymentLink } = await asked(() =>
        client.checkout.paymentLinks.create(
          {
            idempotencyKey,
            order: {
              locationId: account.squareLocationId,
              referenceId: depositId,
              lineItems: [{ name: description, quantity: '1', basePriceMoney: toSquare(amount) }],
            },
            checkoutOptions: { redirectUrl: returnUrl, allowTipping: false },
            paymentNote: description,
          },
          inTime(),
        ),
      );
      return {
        linkId: present(paymentLink?.id, "the link's id"),
        orderId: present(paymentLink?.orderId, "the link's order"),
        url: present(paymentLink?.url, "the link's URL"),
      };
    },
    async delete(account, linkId) {
      const client = clientOf(account);
      try {
        await client.checkout.paymentLinks.delete({ id: linkId }, inTime());
      } catch (error) {
        if (!(error instanceof SquareError && error.statusCode === 404)) throw squareFailure(error);
      }
    },
    async order(account, orderId) {
      const client = clientOf(account);
      const { order } = await asked(() => client.orders.get({ orderId }, inTime()));
      for (const { paymentId } of order?.tenders ?? []) {
        if (typeof paymentId !== 'string') continue;
        const { payment } = await asked(() => client.payments.get({ paymentId }, inTime()));
        if (payment?.status === 'COMPLETED') return { kind: 'paid', payment: toPayment(payment) };
      }
      return isPaid(order) ? { kind: 'paid', payment: null } : { kind: 'unpaid' };
    },
  };
}

async function asked<T>(request: () => PromiseLike<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw squareFailure(error);
  }
}

/** An order of a link is OPEN once it was paid, and nothing of it is left to pay. */
function isPaid(order: Square.Order | undefined): boolean {
  return (
    (order?.state === 'OPEN' || order?.state === 'COMPLETED') &&
    order.netAmountDueMoney?.amount === 0n &&
    (order.totalMoney?.amount ?? 0n) > 0n
  );
}

function toPayment(payment: Square.Payment): NonNullable<Extract<OrderState, { kind: 'paid' }>['payment']> {
  return {
    paymentId: present(payment.id, "the payment's id"),
    amount: toMoney(payment.totalMoney),
    updatedAt: Temporal.Instant.from(present(payment.updatedAt, "the payment's time")),
  };
}

function toSquare({ cents, currency }: Money): Square.Money {
  return { amount: BigInt(cents), currency: currency as Square.Currency }; // both are ISO 4217 codes
}

function toMoney(amount: Square.Money | undefined): Money {
  return money(Number(present(amount?.amount, "the payment's amount")), present(amount?.currency, 'its currency'));
}
