import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveryReportedV1, TextRequestedV1 } from '@frontdesk/contracts';
import { newId, present } from '@frontdesk/kernel';
import { findTraces, until } from '@frontdesk/testkit';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => {
  desk.carrier.behave();
  desk.carrier.planReceipts({ never: true });
});
afterAll(() => desk.close());

const sends = () => desk.carrier.requests.filter(({ path }) => path.endsWith('/messages'));

describe('a person who is erased while the carrier is asked to take their text', () => {
  it.each([
    ['which takes it', { kind: 'delay', ms: 2_000 }, '20000'],
    ['which takes it and never says so', { kind: 'accept-then-hang' }, '2000'],
  ] as const)('leaves nothing, and the text is not sent again: a carrier %s', async (_, how, timeoutMs) => {
    const person = await desk.person();
    desk.carrier.misbehave(how, { times: 1 });
    const asked = sends().length;
    await desk.withWorker(
      async () => {
        const messageId = present((await desk.request(person, 'I am with the carrier'))[0], 'the text');
        await until('the carrier is asked', () => sends().length > asked);
        const attemptId = await desk.attemptOf(messageId);
        await desk.erase(person.phone);
        desk.deliverTimes(2, TextRequestedV1, { messageId, recipientId: person.contactId });
        await desk.announce(DeliveryReportedV1, {
          webhookEventId: newId(),
          provider: 'telnyx',
          attemptId,
          providerMessageId: newId(),
          status: 'delivered',
          errorCode: null,
        });
        await until('an empty queue', desk.queueIsEmpty);
      },
      { SEND_TIMEOUT_MS: timeoutMs, SWEEP_EVERY_MS: '100', RECONCILE_AFTER_MS: '30000' },
    );
    expect(sends()).toHaveLength(asked + 1);
    expect(await desk.parked()).toEqual([]);
    expect(await findTraces(desk.server.owner, [person.phone, 'I am with the carrier'])).toEqual([]);
  });
});
