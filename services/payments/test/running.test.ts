import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookingRequestedV1, contexts, SquarePaymentReportedV1, type DataOf } from '@frontdesk/contracts';
import { newId, present, type Id } from '@frontdesk/kernel';
import type { WirePayment } from '@frontdesk/simulators';
import { until } from '@frontdesk/testkit';
import { compose } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { openSurroundings, type Surroundings } from './running.ts';
import { holdTime, lookAt } from './stage.ts';

let around: Surroundings;
beforeAll(async () => {
  around = await openSurroundings();
});
afterAll(() => around.close());

const hold = () => holdTime(around.server, around.clinic, { now: Temporal.Now.instant() });
const look = (appointmentId: Id) => lookAt(around.server, around.clinic.id, appointmentId);
const agree = (appointmentId: Id) =>
  around.announce<DataOf<typeof BookingRequestedV1>>(BookingRequestedV1, { appointmentId, patientType: 'new' });
const said = (payment: WirePayment, status = payment.status): DataOf<typeof SquarePaymentReportedV1> => ({
  webhookEventId: newId(),
  paymentId: payment.id,
  orderId: payment.order_id,
  status,
  amountCents: payment.total_money.amount,
  currency: payment.total_money.currency,
  updatedAt: payment.updated_at,
});
const report = (payment: WirePayment, status = payment.status) =>
  around.announce(SquarePaymentReportedV1, said(payment, status));
const linksOf = async (appointmentId: Id) => {
  const { depositId } = await look(appointmentId);
  return around.square.links.filter(({ idempotencyKey }) => idempotencyKey === depositId);
};
const pay = async (appointmentId: Id) => {
  const [link] = await linksOf(appointmentId);
  return (await around.square.pay(present(link, 'the link').id)).payment;
};
const isAt = (appointmentId: Id, deposit: string) => async () => (await look(appointmentId)).deposit === deposit;

/** Runs the service in this process while `during` goes on. */
async function withService(during: () => Promise<unknown>, change: Record<string, string> = {}): Promise<void> {
  const service = compose(await loadConfig({ ...around.environment, ...change }));
  await service.start();
  try {
    await during();
  } finally {
    await service.stop();
  }
}

/** Runs the service in a process of its own until it kills itself at the failpoint. */
async function untilKilledAt(failpoint: string, change: Record<string, string> = {}): Promise<void> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const env = { ...around.environment, ...change, FAILPOINTS: failpoint };
  const service = spawn(process.execPath, [main], { env, stdio: 'ignore' });
  const deadline = setTimeout(() => service.kill('SIGTERM'), 20_000);
  const [, signal] = (await once(service, 'exit')) as [number | null, NodeJS.Signals | null]; // as node documents
  clearTimeout(deadline);
  expect(signal).toBe('SIGKILL');
}

describe('the running service', () => {
  it('takes a booking from the queue to paid and confirmed, and publishes what follows', async () => {
    const { appointmentId } = await hold();
    await withService(async () => {
      await agree(appointmentId);
      await until('the deposit is link_sent', isAt(appointmentId, 'link_sent'));
      const payment = await pay(appointmentId);
      await Promise.all([report(payment), report(payment, 'APPROVED'), report(payment), report(payment)]);
      await until('the deposit is paid', isAt(appointmentId, 'paid'));
      await until('an empty queue', around.queueIsEmpty);
      const outbox = `select 1 from outbox where producer = 'payments'`;
      await until('an empty outbox', async () => (await around.server.owner.query(outbox)).rowCount === 0);
    });
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      captured: [[expect.any(String), 5000]],
      patientKinds: ['deposit-link', 'booking-confirmed'],
    });
    // The link, the confirmation, the notice to staff, and the visit for its reminders.
    expect(await around.queues.depth(contexts.messaging.queue)).toBe(4);
    expect(await around.queues.depth(contexts.conversation.queue)).toBe(2);
  });

  it('makes one link although Square was away at first', async () => {
    const { appointmentId } = await hold();
    await withService(async () => {
      around.square.misbehave({ kind: 'accept-then-fail' }, { times: 2 });
      await agree(appointmentId);
      await until('the deposit is link_sent', isAt(appointmentId, 'link_sent'));
    });
    expect(await linksOf(appointmentId)).toHaveLength(1);
    expect((await look(appointmentId)).attempts).toBe(3);
  });

  it('releases a hold that nobody paid, by its alarm alone', async () => {
    const { appointmentId } = await hold();
    await around.server.owner.query('update appointments set hold_expires_at = now() where id = $1', [appointmentId]);
    await withService(
      async () => {
        await agree(appointmentId);
        await until('the deposit is expired', isAt(appointmentId, 'expired'));
      },
      { HOLD_SECONDS: '1', SWEEP_EVERY_MS: '600000' },
    );
    expect((await linksOf(appointmentId)).map(({ deleted }) => deleted)).toEqual([true]);
    expect(await look(appointmentId)).toMatchObject({ appointment: 'expired', announced: ['link_sent', 'expired'] });
  });
});

describe('a service that is killed', () => {
  it.each(['payments.before-link', 'payments.after-link'])('at %s makes one link and one text', async (failpoint) => {
    const { appointmentId } = await hold();
    await agree(appointmentId);
    await untilKilledAt(failpoint);
    await around.server.owner.query('update deposits set next_attempt_at = now() where appointment_id = $1', [
      appointmentId,
    ]);
    await withService(() => until('the deposit is link_sent', isAt(appointmentId, 'link_sent')));
    expect(await linksOf(appointmentId)).toHaveLength(1);
    expect((await look(appointmentId)).patientKinds).toEqual(['deposit-link']);
  });

  it('after a payment was committed books once', async () => {
    const { appointmentId } = await hold();
    await withService(async () => {
      await agree(appointmentId);
      await until('the deposit is link_sent', isAt(appointmentId, 'link_sent'));
    });
    const event = around.send(SquarePaymentReportedV1, said(await pay(appointmentId)));
    await untilKilledAt('payments.after-payment-commit');
    expect(await look(appointmentId)).toMatchObject({ deposit: 'paid' });
    const unanswered = await around.inHand();
    event.again();
    await withService(() => until('what is in hand to end', async () => (await around.inHand()) <= unanswered));
    expect(await look(appointmentId)).toMatchObject({
      appointment: 'confirmed',
      deposit: 'paid',
      captured: [[expect.any(String), 5000]],
      patientKinds: ['deposit-link', 'booking-confirmed'],
    });
  });

  it('between the end of a link and of its hold ends the hold once', async () => {
    const { appointmentId } = await hold();
    await withService(async () => {
      await agree(appointmentId);
      await until('the deposit is link_sent', isAt(appointmentId, 'link_sent'));
    });
    await around.server.owner.query('update appointments set hold_expires_at = now() where id = $1', [appointmentId]);
    await untilKilledAt('payments.after-link-deleted');
    expect(await look(appointmentId)).toMatchObject({ appointment: 'held' });
    await withService(() => until('the deposit is expired', isAt(appointmentId, 'expired')));
    expect((await look(appointmentId)).announced).toEqual(['link_sent', 'expired']);
  });
});

describe('the configuration', () => {
  it.each([
    ['TOKEN_KEYS', { TOKEN_KEYS: 'k1:short' }],
    ['PAYMENT_RETURN_URL', { FRONTDESK_ENV: 'production', PAYMENT_RETURN_URL: 'http://localhost/paid' }],
  ])('is refused when %s is wrong', async (name, change) => {
    await expect(loadConfig({ ...around.environment, ...change })).rejects.toThrow(name);
  });
});
