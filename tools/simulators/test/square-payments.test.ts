import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhooksHelper } from 'square';
import { squareSignature } from '../src/square/signature.ts';
import { KEY, startSquareBench, type SquareBench } from './square-bench.ts';
import { headerOf } from './webhook-receiver.ts';

let bench: SquareBench;
beforeEach(async () => {
  bench = await startSquareBench({ webhookTimeoutMs: 100 });
});
afterEach(() => bench.stop());

const told = () => bench.events().map(({ type, payment }) => `${type} ${String(payment['status'])}`);

describe('a payment', () => {
  it('is told as created, then as completed, and stands in the books', async () => {
    const id = await bench.link();
    const { payment } = await bench.square.pay(id);

    expect(told()).toEqual(['payment.created APPROVED', 'payment.updated COMPLETED']);
    const [created, updated] = bench.events();
    expect(updated).toMatchObject({
      merchantId: 'ML1',
      payment: {
        id: payment.id,
        order_id: bench.square.links[0]?.order.id,
        location_id: 'L1',
        amount_money: { amount: 5000, currency: 'USD' },
        note: 'Deposit 981',
      },
    });
    expect(String(updated?.payment['updated_at']) > String(created?.payment['updated_at'])).toBe(true);
    const read = await bench.client.payments.get({ paymentId: payment.id });
    expect(read.payment).toMatchObject({ status: 'COMPLETED', amountMoney: { amount: 5000n } });
    const { order } = await bench.client.orders.get({ orderId: payment.order_id });
    expect(order).toMatchObject({ state: 'OPEN', netAmountDueMoney: { amount: 0n } });
  });

  it('can be told in reverse, at once, twice, late, later, or without its beginning', async () => {
    const pay = async (key: string, plan: Parameters<typeof bench.square.pay>[1]) => {
      const before = bench.app.received.length;
      await bench.square.pay(await bench.link(key), plan);
      await bench.square.settled();
      return told().slice(before);
    };
    const usual = ['payment.created APPROVED', 'payment.updated COMPLETED'];
    expect(await pay('reversed', { order: 'reversed' })).toEqual(usual.toReversed());
    expect((await pay('together', { order: 'together' })).toSorted()).toEqual(usual);
    expect(await pay('twice', { copies: 2 })).toEqual(usual.flatMap((event) => [event, event]));
    expect(new Set(bench.events().map(({ id }) => id)).size).toBe(6);
    expect(await pay('late', { delayMs: 20 })).toEqual(usual);
    expect(await pay('sandbox', { withoutCreated: true })).toEqual(usual.slice(1));
    expect(await pay('held', { hold: true })).toEqual([]);
    await bench.square.releaseWebhooks();
    expect(told().slice(-2)).toEqual(usual);
  });

  it('follows the plan for all payments until behave()', async () => {
    bench.square.planWebhooks({ order: 'reversed' });
    await bench.square.pay(await bench.link('one'));
    expect(told()[0]).toBe('payment.updated COMPLETED');
    bench.square.behave();
    await bench.square.pay(await bench.link('two'));
    expect(told()[2]).toBe('payment.created APPROVED');
  });

  it('can be of another amount', async () => {
    const { payment } = await bench.square.pay(await bench.link(), { amount: 4000 });
    expect(payment.amount_money).toEqual({ amount: 4000, currency: 'USD' });
    expect(bench.square.orders[0]?.net_amount_due_money.amount).toBe(1000);
  });

  it('cannot happen twice, nor after the link was deleted, unless the page was open', async () => {
    const paid = await bench.link('paid');
    await bench.square.pay(paid);
    await expect(bench.square.pay(paid)).rejects.toThrow('paid before');

    const deleted = await bench.link('deleted');
    await bench.client.checkout.paymentLinks.delete({ id: deleted });
    await expect(bench.square.pay(deleted)).rejects.toThrow('no longer available');
    const { payment } = await bench.square.pay(deleted, { evenIfDeleted: true });
    expect(payment.status).toBe('COMPLETED');
    await expect(bench.square.pay('nowhere')).rejects.toThrow('no payment link');
  });

  it('leaves nothing to cancel when the link is deleted afterwards', async () => {
    const id = await bench.link();
    await bench.square.pay(id);
    const gone = await bench.client.checkout.paymentLinks.delete({ id });
    expect(gone.cancelledOrderId).toBeUndefined();
    expect(bench.square.orders[0]?.state).toBe('OPEN');
  });

  it('can fail, and the link stays open', async () => {
    const id = await bench.link();
    await bench.square.fail(id);
    expect(told()).toEqual(['payment.updated FAILED']);
    await bench.square.pay(id);
    expect(told().at(-1)).toBe('payment.updated COMPLETED');
  });
});

describe('a webhook of Square', () => {
  it('has the signature of the reference vector', () => {
    const signature = squareSignature('asdf1234', 'https://example.com/webhook', '{"hello":"world"}');
    expect(signature).toBe('2kRE5qRU2tR+tBGlDwMEw2avJ7QM4ikPYD/PJ3bd9Og=');
  });

  it('passes the check of the SDK, and no other URL or body does', async () => {
    await bench.square.pay(await bench.link());
    const [webhook] = bench.app.received;
    if (webhook === undefined) throw new Error('no webhook came');
    const check = (requestBody: string, notificationUrl: string) =>
      WebhooksHelper.verifySignature({
        requestBody,
        notificationUrl,
        signatureKey: KEY,
        signatureHeader: headerOf(webhook, 'x-square-hmacsha256-signature'),
      });
    expect(await check(webhook.body, `${bench.app.url}/webhooks/square`)).toBe(true);
    expect(await check(`${webhook.body} `, `${bench.app.url}/webhooks/square`)).toBe(false);
    expect(await check(webhook.body, `${bench.app.url}/webhooks/square/`)).toBe(false);
    expect(headerOf(webhook, 'square-environment')).toBe('Sandbox');
    expect(webhook.headers['square-retry-number']).toBeUndefined();
  });

  it('comes again with the reason, the same words and the time of the first try', async () => {
    bench.app.answerWith(500, 'silence');
    await bench.square.fail(await bench.link());
    await bench.square.settled();
    const retries = bench.app.received.map(({ headers }) => [
      headers['square-retry-number'],
      headers['square-retry-reason'],
    ]);
    expect(retries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
    ]);
    expect(new Set(bench.app.received.map(({ body }) => body)).size).toBe(1);
    const firstTries = bench.app.received.slice(1).map(({ headers }) => headers['square-initial-delivery-timestamp']);
    expect(new Set(firstTries).size).toBe(1);
  });

  it('is given up after eleven redeliveries', async () => {
    bench.app.answerWith(...Array.from({ length: 20 }, () => 500));
    await bench.square.fail(await bench.link());
    await bench.square.settled();
    expect(bench.app.received).toHaveLength(12);
    expect(bench.square.deliveries).toMatchObject([{ state: 'given-up' }]);
  });
});
