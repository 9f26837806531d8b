import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SquareError } from 'square';
import { depositOf, OTHER_SELLER, SELLER, startSquareBench, type SquareBench } from './square-bench.ts';

let bench: SquareBench;
beforeEach(async () => {
  bench = await startSquareBench();
});
afterEach(() => bench.stop());

const links = () => bench.client.checkout.paymentLinks;

async function refusalOf(asked: Promise<unknown>): Promise<{ status: unknown; code: unknown }> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof SquareError)) throw error;
    return { status: error.statusCode, code: error.errors[0]?.code };
  }
  throw new Error('the request was accepted');
}

describe('a payment link', () => {
  it('is made with an order in draft, and can be read', async () => {
    const made = await links().create({ idempotencyKey: 'dep_1', ...depositOf(5000n) });
    expect(made.paymentLink).toMatchObject({ version: 1, paymentNote: 'Deposit 981', url: expect.any(String) });
    expect(made.relatedResources?.orders).toEqual([
      { id: made.paymentLink?.orderId, state: 'DRAFT', locationId: 'L1' },
    ]);

    const read = await links().get({ id: made.paymentLink?.id ?? '' });
    expect(read.paymentLink).toEqual(made.paymentLink);
    const order = await bench.client.orders.get({ orderId: made.paymentLink?.orderId ?? '' });
    expect(order.order).toMatchObject({
      state: 'DRAFT',
      referenceId: 'dep_981',
      metadata: { deposit_id: '981' },
      totalMoney: { amount: 5000n, currency: 'USD' },
      netAmountDueMoney: { amount: 5000n, currency: 'USD' },
    });
  });

  it('can be asked for in one line', async () => {
    const made = await links().create({
      quickPay: { name: 'Deposit', priceMoney: { amount: 2500n, currency: 'USD' }, locationId: 'L1' },
    });
    expect(bench.square.orders).toMatchObject([{ id: made.paymentLink?.orderId, total_money: { amount: 2500 } }]);
  });

  it('is made once per idempotency key', async () => {
    const [first, second] = [await bench.link('dep_1'), await bench.link('dep_1')];
    expect(second).toBe(first);
    expect(bench.square.links).toHaveLength(1);
    const reused = links().create({ idempotencyKey: 'dep_1', ...depositOf(9900n) });
    expect(await refusalOf(reused)).toEqual({ status: 400, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it.each([undefined, ''])('is made anew with the idempotency key %j', async (idempotencyKey) => {
    const body = { ...depositOf(5000n), ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
    await links().create(body);
    await links().create(body);
    expect(bench.square.links).toHaveLength(2);
  });

  it('takes its order along when it is deleted', async () => {
    const id = await bench.link();
    const [made] = bench.square.links;
    const gone = await links().delete({ id });
    expect(gone).toMatchObject({ id, cancelledOrderId: made?.order.id });
    expect((await bench.client.orders.get({ orderId: made?.order.id ?? '' })).order?.state).toBe('CANCELED');
    expect(await refusalOf(links().get({ id }))).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect(await refusalOf(links().delete({ id }))).toEqual({ status: 404, code: 'NOT_FOUND' });
  });

  it('is refused when its body is not right', async () => {
    const { order } = depositOf(5000n);
    expect(await refusalOf(links().create({}))).toEqual({ status: 400, code: 'MISSING_REQUIRED_PARAMETER' });
    const elsewhere = links().create({ order: { ...order, locationId: 'L2' } });
    expect(await refusalOf(elsewhere)).toEqual({ status: 400, code: 'INVALID_VALUE' });
    expect(await refusalOf(links().create(depositOf(-1n)))).toEqual({ status: 400, code: 'INVALID_VALUE' });
  });

  it('names the missing field', async () => {
    const answer = await fetch(`${bench.square.apiUrl}/v2/online-checkout/payment-links`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SELLER.accessToken}` },
      body: JSON.stringify({ order: { line_items: [] } }),
    });
    expect(await answer.json()).toMatchObject({
      errors: [{ code: 'MISSING_REQUIRED_PARAMETER', field: 'order.location_id' }],
    });
  });
});

describe('access', () => {
  it('needs the token of a seller', async () => {
    const stranger = bench.clientOf('EAAA-nobody').orders.get({ orderId: 'x' });
    expect(await refusalOf(stranger)).toEqual({ status: 401, code: 'UNAUTHORIZED' });
  });

  it.each(['ACCESS_TOKEN_EXPIRED', 'ACCESS_TOKEN_REVOKED'] as const)('can be lost by %s', async (code) => {
    bench.square.refuseToken(SELLER.accessToken, code);
    expect(await refusalOf(bench.link())).toEqual({ status: 401, code });
    bench.square.addAccount(SELLER);
    await expect(bench.link()).resolves.toBeDefined();
  });

  it('ends at the seller: nobody reads or deletes what is another’s', async () => {
    const id = await bench.link();
    const { payment } = await bench.square.pay(id);
    const other = bench.clientOf(OTHER_SELLER.accessToken);
    const notFound = { status: 404, code: 'NOT_FOUND' };
    expect(await refusalOf(other.checkout.paymentLinks.get({ id }))).toEqual(notFound);
    expect(await refusalOf(other.checkout.paymentLinks.delete({ id }))).toEqual(notFound);
    expect(await refusalOf(other.orders.get({ orderId: payment.order_id }))).toEqual(notFound);
    expect(await refusalOf(other.payments.get({ paymentId: payment.id }))).toEqual(notFound);
  });

  it('names the API version in both directions', async () => {
    const get = (headers: Record<string, string>) => fetch(`${bench.square.apiUrl}/v2/orders/x`, { headers });
    expect((await get({ 'square-version': '2025-01-23' })).headers.get('square-version')).toBe('2025-01-23');
    await refusalOf(bench.client.orders.get({ orderId: 'x' }));
    expect(bench.square.requests.at(-1)?.headers['square-version']).toBe('2026-09-16');
  });
});

describe('a misbehaving Square', () => {
  it.each([
    { status: 429, code: 'RATE_LIMITED' },
    { status: 500, code: 'INTERNAL_SERVER_ERROR' },
    { status: 503, code: 'SERVICE_UNAVAILABLE' },
  ] as const)('refuses with $status', async ({ status, code }) => {
    bench.square.misbehave({ kind: 'answer', status }, { times: 1 });
    expect(await refusalOf(bench.link())).toEqual({ status, code });
    expect(bench.square.links).toEqual([]);
    await bench.link();
    expect(bench.square.links).toHaveLength(1);
  });

  it('makes the link and loses the answer; the key finds it again', async () => {
    bench.square.misbehave({ kind: 'accept-then-hang' }, { times: 1 });
    const lost = links().create({ idempotencyKey: 'dep_1', ...depositOf(5000n) }, { timeoutInSeconds: 0.05 });
    await expect(lost).rejects.toBeDefined();
    const id = await bench.link('dep_1');
    expect(bench.square.links.map((made) => made.id)).toEqual([id]);
  });

  it.each(['accept-then-fail', 'accept-then-reset'] as const)('makes the link under %s', async (kind) => {
    bench.square.misbehave({ kind }, { times: 1 });
    await expect(bench.link()).rejects.toBeDefined();
    expect(bench.square.links).toHaveLength(1);
  });

  it('answers late', async () => {
    bench.square.misbehave({ kind: 'delay', ms: 80 }, { times: 1 });
    const startedAt = performance.now();
    await bench.link();
    expect(performance.now() - startedAt).toBeGreaterThan(75);
  });

  it('refuses connections until it is online again', async () => {
    await bench.square.goOffline();
    await expect(bench.link()).rejects.toBeDefined();
    await bench.square.goOnline();
    await expect(bench.link()).resolves.toBeDefined();
  });

  it('leaves the page behind a link alone', async () => {
    await bench.link();
    bench.square.misbehave({ kind: 'answer', status: 500 });
    const [made] = bench.square.links;
    expect((await fetch(made?.url ?? '')).status).toBe(200);
  });
});
