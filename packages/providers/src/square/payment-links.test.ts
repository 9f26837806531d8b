import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { money, newId, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import type { PaymentLinks } from '@frontdesk/payments/ports';
import { startSquareSimulator, type Misbehaviour, type SquareSimulator } from '@frontdesk/simulators';
import { createSquarePaymentLinks } from './payment-links.ts';

const account = { accessToken: 'EAAA-clinic', squareLocationId: 'LOC-1' };
const returnUrl = 'https://desk.example/paid';
const wanted = (change: { idempotencyKey?: string; cents?: number } = {}) => ({
  idempotencyKey: change.idempotencyKey ?? newId(),
  depositId: newId(),
  amount: money(change.cents ?? 5000, 'USD'),
  description: 'Appointment deposit',
});

let square: SquareSimulator;
let links: PaymentLinks;
beforeAll(async () => {
  square = await startSquareSimulator({
    signatureKey: 'key',
    notificationUrl: 'http://127.0.0.1:9/never-called',
    accounts: [{ accessToken: 'EAAA-clinic', merchantId: 'ML1', locationIds: ['LOC-1'] }],
  });
  links = createSquarePaymentLinks({ baseUrl: square.apiUrl, returnUrl, timeoutSeconds: 1 });
});
afterAll(() => square.stop());
afterEach(() => square.behave());

describe('a payment link of Square', () => {
  it("asks for the exact amount, at the clinic's own location, and names no treatment", async () => {
    const made = await links.create(account, wanted({ cents: 7550 }));
    const link = square.links.find(({ id }) => id === made.linkId);
    expect(link?.order).toMatchObject({
      id: made.orderId,
      location_id: 'LOC-1',
      total_money: { amount: 7550, currency: 'USD' },
      line_items: [{ name: 'Appointment deposit', quantity: '1' }],
    });
    expect(link?.link).toMatchObject({
      url: made.url,
      checkout_options: { redirect_url: returnUrl, allow_tipping: false },
    });
  });

  it('is the same link for the same key', async () => {
    const same = wanted();
    expect(await links.create(account, same)).toEqual(await links.create(account, same));
    expect(square.links.filter(({ idempotencyKey }) => idempotencyKey === same.idempotencyKey)).toHaveLength(1);
  });

  it('is the same link also when the first answer was lost', async () => {
    const same = wanted();
    square.misbehave({ kind: 'accept-then-reset' }, { times: 1 });
    await expect(links.create(account, same)).rejects.toThrow(TransientFailure);
    const { linkId } = await links.create(account, same);
    const made = square.links.filter(({ idempotencyKey }) => idempotencyKey === same.idempotencyKey);
    expect(made.map(({ id }) => id)).toEqual([linkId]);
  });

  it('can be deleted, again and again', async () => {
    const { linkId } = await links.create(account, wanted());
    await links.delete(account, linkId);
    await links.delete(account, linkId);
    expect(square.links.find(({ id }) => id === linkId)?.deleted).toBe(true);
  });
});

describe('the order of a link', () => {
  it('is unpaid until it is paid, also after the link is gone', async () => {
    const { linkId, orderId } = await links.create(account, wanted());
    expect(await links.order(account, orderId)).toEqual({ kind: 'unpaid' });
    await links.delete(account, linkId);
    expect(await links.order(account, orderId)).toEqual({ kind: 'unpaid' });
  });

  it('is paid once a payment landed', async () => {
    const { linkId, orderId } = await links.create(account, wanted());
    await square.pay(linkId, { hold: true });
    expect(await links.order(account, orderId)).toMatchObject({ kind: 'paid' });
  });

  it('names the payment when Square lists it as a tender', async () => {
    const answers: Record<string, unknown> = {
      '/v2/orders/O1': {
        order: { id: 'O1', location_id: 'LOC-1', state: 'OPEN', tenders: [{ type: 'CARD', payment_id: 'P1' }] },
      },
      '/v2/payments/P1': {
        payment: {
          id: 'P1',
          status: 'COMPLETED',
          total_money: { amount: 5000, currency: 'USD' },
          updated_at: '2026-11-23T15:05:00.123Z',
        },
      },
    };
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[request.url ?? ''] ?? {}));
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo; // it listens on a port
    const there = createSquarePaymentLinks({ baseUrl: `http://127.0.0.1:${port}`, returnUrl });
    expect(await there.order(account, 'O1')).toEqual({
      kind: 'paid',
      payment: {
        paymentId: 'P1',
        amount: money(5000, 'USD'),
        updatedAt: Temporal.Instant.from('2026-11-23T15:05:00.123Z'),
      },
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a request that Square does not grant', () => {
  it.each<[string, Misbehaviour]>([
    ['429', { kind: 'answer', status: 429 }],
    ['500', { kind: 'answer', status: 500 }],
    ['503', { kind: 'answer', status: 503 }],
    ['a reset', { kind: 'reset' }],
    ['silence', { kind: 'accept-then-hang' }],
  ])('%s may be tried again, and was tried once', async (_, misbehaviour) => {
    const before = square.requests.length;
    square.misbehave(misbehaviour);
    await expect(links.create(account, wanted())).rejects.toThrow(TransientFailure);
    expect(square.requests.length - before).toBeLessThanOrEqual(1);
  });

  it('a token that Square does not take is final', async () => {
    await expect(links.create({ ...account, accessToken: 'EAAA-none' }, wanted())).rejects.toThrow(PermanentFailure);
  });

  it('a location of somebody else is final', async () => {
    await expect(links.create({ ...account, squareLocationId: 'LOC-other' }, wanted())).rejects.toThrow(
      PermanentFailure,
    );
  });

  it('an answer that breaks off after its headers may be tried again', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"payment_link":');
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    const stalled = createSquarePaymentLinks({
      baseUrl: `http://127.0.0.1:${port}`,
      returnUrl,
      timeoutSeconds: 0.2,
    });
    await expect(stalled.create(account, wanted())).rejects.toThrow(TransientFailure);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('no connection may be tried again', async () => {
    await square.goOffline();
    await expect(links.order(account, 'O1')).rejects.toThrow(TransientFailure);
    await square.goOnline();
  });
});
