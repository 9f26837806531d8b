import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, present } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { rowsOf, startDesk, type Desk } from './desk.ts';
import { receipt, squarePayment } from './webhooks.ts';

let database: TestDatabase;
let desk: Desk;
let clinic: ClinicDefinition;
let rows: ReturnType<typeof rowsOf>;

beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  desk = await startDesk(database);
  rows = rowsOf(database);
});

afterAll(async () => {
  await desk.close();
  await database.close();
});

describe('a delivery report', () => {
  const reportOf = async (messageId: string) =>
    (await rows.events(clinic)).filter(({ data }) => data['providerMessageId'] === messageId);

  it.each([
    ['message.sent', 'sent', 'sent'],
    ['message.finalized', 'delivered', 'delivered'],
    ['message.finalized', 'delivery_failed', 'undelivered'],
    ['message.finalized', 'expired', 'undelivered'],
    ['message.finalized', 'sending_failed', 'failed'],
    ['message.finalized', 'delivery_unconfirmed', 'unconfirmed'],
  ] as const)('%s %s is passed on as %s, with the attempt in its address', async (type, status, told) => {
    const messageId = newId();
    const attempt = newId();
    const event = receipt({ type, from: clinic.location.number, messageId, status });
    await desk.telnyx(event, `/webhooks/telnyx/messages?attempt=${attempt}`);
    expect(await reportOf(messageId)).toMatchObject([
      {
        type: 'messaging.delivery-reported.v1',
        data: { attemptId: attempt, status: told, errorCode: null, webhookEventId: expect.any(String) },
      },
    ]);
  });

  it('keeps the code of the error', async () => {
    const messageId = newId();
    const errors = [{ code: '40300', title: 'Blocked due to STOP message' }, { code: '1' }];
    await desk.telnyx(receipt({ from: clinic.location.number, messageId, status: 'sending_failed', errors }));
    expect(await reportOf(messageId)).toMatchObject([{ data: { errorCode: '40300' } }]);
  });

  it.each(['', '?attempt=', '?attempt=1', "?attempt='; drop table outbox"])(
    'without a readable attempt in its address (%j) is passed on without one',
    async (query) => {
      const messageId = newId();
      const event = receipt({ from: clinic.location.number, messageId, status: 'delivered' });
      expect((await desk.telnyx(event, `/webhooks/telnyx/messages${query}`)).status).toBe(200);
      expect(await reportOf(messageId)).toMatchObject([{ data: { attemptId: null } }]);
    },
  );

  it('that comes twice is passed on once, and each kind on its own', async () => {
    const messageId = newId();
    const sent = receipt({ type: 'message.sent', from: clinic.location.number, messageId, status: 'sent' });
    const final = receipt({ from: clinic.location.number, messageId, status: 'delivered' });
    await Promise.all([final, sent, final, sent].map((event) => desk.telnyx(event)));
    const statuses = (await reportOf(messageId)).map(({ data }) => data['status']);
    expect(statuses).toHaveLength(2);
    expect(new Set(statuses)).toEqual(new Set(['sent', 'delivered']));
  });

  it('of an unknown status is kept only', async () => {
    const messageId = newId();
    const event = receipt({ from: clinic.location.number, messageId, status: 'teleported' });
    expect((await desk.telnyx(event)).body.result).toBe('accepted');
    expect(await reportOf(messageId)).toEqual([]);
    expect(await rows.webhooks(event.data.id)).toHaveLength(1);
  });
});

describe('a payment that Square reports', () => {
  const account = () => {
    const { merchantId, squareLocationId } = present(clinic.depositAccount, 'the deposit account');
    return { merchantId, locationId: squareLocationId };
  };
  const reportsOf = async (orderId: string) =>
    (await rows.events(clinic)).filter(({ data }) => data['orderId'] === orderId);

  it.each(['payment.created', 'payment.updated'])('by %s is passed on with its facts', async (type) => {
    const orderId = newId();
    const answer = await desk.square(squarePayment({ ...account(), type, order_id: orderId }));
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
    await desk.square(event);
    expect((await desk.square(event)).body.result).toBe('duplicate');
    expect(await reportsOf(orderId)).toHaveLength(1);
  });

  it.each([
    ['without an order', { order_id: null }],
    ['of an unknown status', { status: 'VANISHED' }],
  ])('%s is kept only', async (_, change) => {
    const before = (await rows.events(clinic)).length;
    const event = squarePayment({ ...account(), ...change });
    expect((await desk.square(event)).body.result).toBe('accepted');
    expect(await rows.events(clinic)).toHaveLength(before);
    expect(await rows.webhooks(event.event_id)).toMatchObject([{ org_id: clinic.id }]);
  });

  it.each([
    { amount: 49.99, currency: 'USD' },
    { amount: '5000', currency: 'USD' },
    { amount: 5000, currency: 'us' },
  ])('of the amount %j is refused', async (money) => {
    expect((await desk.square(squarePayment({ ...account(), amount_money: money }))).status).toBe(400);
  });

  it('for a merchant of no clinic is kept where people see it', async () => {
    const event = squarePayment({ merchantId: 'ML-NOBODY', locationId: 'L1' });
    expect((await desk.square(event)).body.result).toBe('parked');
    expect(await rows.webhooks(event.event_id)).toMatchObject([
      { org_id: null, parked_reason: 'no clinic has this Square merchant and location' },
    ]);
  });

  it('finds its clinic by merchant and location together', async () => {
    const event = squarePayment({ ...account(), locationId: 'ANOTHER' });
    expect((await desk.square(event)).body.result).toBe('parked');
  });

  it('keeps other events of Square without acting on them', async () => {
    const event = {
      merchant_id: account().merchantId,
      type: 'refund.updated',
      event_id: newId(),
      data: { object: {} },
    };
    expect((await desk.square(event)).status).toBe(200);
    expect(await rows.webhooks(event.event_id)).toMatchObject([{ kind: 'refund.updated', parked_reason: null }]);
  });
});
