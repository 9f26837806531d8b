import { describe, expect, it } from '@jest/globals';
import { newId, present } from '@frontdesk/kernel';
import { storedId, textCarriers } from './carriers.ts';
import { useDesk } from './use-desk.ts';
import { squarePayment } from './webhooks.ts';

const on = useDesk();

describe.each(textCarriers)('a delivery report over $name', (carrier) => {
  const reportsOf = async (messageId: string) =>
    (await on.rows.events(on.clinic)).filter(
      ({ data }) => data['providerMessageId'] === storedId(carrier, 'message', messageId),
    );
  const report = (told: string, receipt: Omit<Parameters<typeof carrier.receipt>[1], 'from'>) =>
    on.desk.send(carrier.receipt(told, { from: on.to, ...receipt }));

  it.each(carrier.receipts)('%s is passed on as %s, with the attempt in its address', async (told, means) => {
    const messageId = newId();
    const attempt = newId();
    expect((await report(told, { messageId, attempt })).status).toBe(200);
    expect(await reportsOf(messageId)).toMatchObject([
      {
        type: 'messaging.delivery-reported.v1',
        data: {
          provider: carrier.provider,
          attemptId: attempt,
          status: means,
          errorCode: null,
          webhookEventId: expect.any(String),
        },
      },
    ]);
  });

  it('keeps the code of the error', async () => {
    const messageId = newId();
    await report(String(carrier.receipts.at(-1)?.[0]), { messageId, errorCode: '40300' });
    expect(await reportsOf(messageId)).toMatchObject([{ data: { errorCode: '40300' } }]);
  });

  it.each([undefined, '', '1', '%3B%20drop%20table%20outbox'])(
    'without a readable attempt in its address (%j) is passed on without one',
    async (attempt) => {
      const messageId = newId();
      const { status } = await report('delivered', { messageId, ...(attempt !== undefined && { attempt }) });
      expect(status).toBe(200);
      expect(await reportsOf(messageId)).toMatchObject([{ data: { attemptId: null } }]);
    },
  );

  it('that comes twice is passed on once, and each status on its own', async () => {
    const messageId = newId();
    const [delivered, sent] = ['delivered', 'sent'].map((told) => carrier.receipt(told, { from: on.to, messageId }));
    const all = [delivered, sent, delivered, sent].map((told) => on.desk.send(present(told, 'a receipt')));
    await Promise.all(all);
    const statuses = (await reportsOf(messageId)).map(({ data }) => data['status']);
    expect(statuses).toHaveLength(2);
    expect(new Set(statuses)).toEqual(new Set(['delivered', 'sent']));
  });

  it('of an unknown status is kept only', async () => {
    const messageId = newId();
    const before = await on.rows.count('webhook_events');
    expect((await report('teleported', { messageId })).status).toBe(200);
    expect(await reportsOf(messageId)).toEqual([]);
    expect(await on.rows.count('webhook_events')).toBe(before + 1);
  });
});

describe('a payment that Square reports', () => {
  const account = () => {
    const { merchantId, squareLocationId } = present(on.clinic.depositAccount, 'the deposit account');
    return { merchantId, locationId: squareLocationId };
  };
  const reportsOf = async (orderId: string) =>
    (await on.rows.events(on.clinic)).filter(({ data }) => data['orderId'] === orderId);

  it.each(['payment.created', 'payment.updated'])('by %s is passed on with its facts', async (type) => {
    const orderId = newId();
    const answer = await on.desk.square(squarePayment({ ...account(), type, order_id: orderId }));
    expect(answer).toEqual({ status: 200, body: { result: 'accepted' } });
    expect(await reportsOf(orderId)).toMatchObject([
      {
        type: 'payments.square-payment-reported.v1',
        correlationId: orderId,
        data: {
          paymentId: 'P1',
          status: 'COMPLETED',
          amountCents: 5000,
          currency: 'USD',
          updatedAt: '2026-11-20T10:05:00.000Z',
        },
      },
    ]);
  });

  it('again under the same event id has no effect', async () => {
    const orderId = newId();
    const event = squarePayment({ ...account(), order_id: orderId });
    await on.desk.square(event);
    expect((await on.desk.square(event)).body.result).toBe('duplicate');
    expect(await reportsOf(orderId)).toHaveLength(1);
  });

  it.each([
    ['without an order', { order_id: null }],
    ['of an unknown status', { status: 'VANISHED' }],
  ])('%s is kept only', async (_, change) => {
    const before = (await on.rows.events(on.clinic)).length;
    const event = squarePayment({ ...account(), ...change });
    expect((await on.desk.square(event)).body.result).toBe('accepted');
    expect(await on.rows.events(on.clinic)).toHaveLength(before);
    expect(await on.rows.webhooks(event.event_id)).toMatchObject([{ org_id: on.clinic.id }]);
  });

  it.each([
    { amount: 49.99, currency: 'USD' },
    { amount: '5000', currency: 'USD' },
    { amount: 5000, currency: 'us' },
  ])('of the amount %j is refused', async (money) => {
    expect((await on.desk.square(squarePayment({ ...account(), amount_money: money }))).status).toBe(400);
  });

  it('for a merchant of no clinic is kept where people see it', async () => {
    const event = squarePayment({ merchantId: 'ML-NOBODY', locationId: 'L1' });
    expect((await on.desk.square(event)).body.result).toBe('parked');
    expect(await on.rows.webhooks(event.event_id)).toMatchObject([
      { org_id: null, parked_reason: 'no clinic has this Square merchant and location' },
    ]);
  });

  it('finds its clinic by merchant and location together', async () => {
    const event = squarePayment({ ...account(), locationId: 'ANOTHER' });
    expect((await on.desk.square(event)).body.result).toBe('parked');
  });

  it('keeps other events of Square without acting on them', async () => {
    const event = {
      merchant_id: account().merchantId,
      type: 'refund.updated',
      event_id: newId(),
      data: { object: {} },
    };
    expect((await on.desk.square(event)).status).toBe(200);
    expect(await on.rows.webhooks(event.event_id)).toMatchObject([{ kind: 'refund.updated', parked_reason: null }]);
  });
});
