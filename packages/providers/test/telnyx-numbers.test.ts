import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountFailure, newId, parsePhoneNumber, present, systemClock } from '@frontdesk/kernel';
import { telnyxNumbers } from '@frontdesk/providers/telnyx';
import { createTelnyxVerifier, readTelnyxEvent } from '@frontdesk/providers/telnyx-webhooks';
import { startTelnyxSimulator, type TelnyxSimulator } from '@frontdesk/simulators';
import { describeNumberCarrier, publicWebhookUrl } from './number-carrier-contract.ts';

const callConnectionId = '1900000000000000001';

describeNumberCarrier('telnyx', async () => {
  const telnyx = await startTelnyxSimulator({ apiKey: 'KEY-test', numbers: {}, retryGapsMs: [] });
  return {
    simulator: telnyx,
    carrier: ({ baseUrl = telnyx.apiUrl, timeoutMs = 10_000 } = {}) =>
      telnyxNumbers({ apiKey: 'KEY-test', baseUrl, timeoutMs, publicWebhookUrl, callConnectionId }),
    fillStock: telnyx.fillStock,
    sellElsewhere: telnyx.sellElsewhere,
    loseNumber: telnyx.loseNumber,
    owned: () =>
      telnyx.accountNumbers().map(({ number, profileId, connectionId, tags }) => ({
        number,
        profileId,
        name: tags.join(' '),
        sendsCallsToUs: connectionId === callConnectionId,
      })),
    isPurchase: ({ method, path }) => method === 'POST' && path === '/v2/number_orders',
    isProfileMade: ({ method, path }) => method === 'POST' && path === '/v2/messaging_profiles',
    isRelease: ({ method }) => method === 'DELETE',
  };
});

describe('what is Telnyx’s own', () => {
  let telnyx: TelnyxSimulator;
  beforeAll(async () => {
    telnyx = await startTelnyxSimulator({ retryGapsMs: [] });
  });
  afterAll(() => telnyx.stop());

  const number = (text: string) => present(parsePhoneNumber(text), 'the number');
  const carrier = (baseUrl = telnyx.apiUrl) =>
    telnyxNumbers({
      apiKey: 'KEY',
      baseUrl,
      timeoutMs: 10_000,
      publicWebhookUrl,
      callConnectionId: null,
    });
  async function order(to: string) {
    const { profileId } = await carrier().ensureProfile({ orgId: newId(), clinicName: 'Saguaro Clinic' });
    const wanted = { number: number(to), reference: newId(), profileId };
    return { ...wanted, standing: await carrier().order(wanted) };
  }

  it.each([
    [402, '10039', /account at Telnyx is at fault.*adds money/],
    [403, '10010', /account at Telnyx is at fault.*has no right/],
  ])('does not serve the account with %s, which is no answer to what was asked for', async (status, code, words) => {
    const portal = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code, title: 'No', detail: 'Not for you.' }] }));
    });
    await once(portal.listen(0, '127.0.0.1'), 'listening');
    const { port } = present(portal.address() as AddressInfo | null, 'its address'); // listens on TCP
    const asked = carrier(`http://127.0.0.1:${port}/v2`).findOrder({
      number: number('+15125550200'),
      reference: newId(),
    });
    const refusal = await asked.catch((error: unknown) => error);
    await promisify(portal.close.bind(portal))();
    expect(refusal).toBeInstanceOf(AccountFailure);
    expect(refusal).toMatchObject({ message: expect.stringMatching(words) });
  });

  it('takes its time over an order, and tells of its end in an event that names the order', async () => {
    telnyx.planOrders({ hold: true }, 1);
    const { standing, ...wanted } = await order('+15125550200');
    expect(standing.kind).toBe('pending');
    expect(await carrier().findOrder(wanted)).toEqual(standing);
    telnyx.completeOrder(standing.externalId, 'success');
    await telnyx.settled();
    expect(await carrier().findOrder(wanted)).toMatchObject({ kind: 'bought', externalId: standing.externalId });
    const { headers, body } = present(telnyx.deliveries.at(-1)?.tries[0], 'the event');
    const verify = createTelnyxVerifier({ publicKey: telnyx.publicKey, clock: systemClock });
    expect(await verify(Buffer.from(body), headers)).toBe('valid');
    const event = readTelnyxEvent(JSON.parse(body));
    expect(event).toMatchObject({
      eventType: 'number_order.complete',
      addressee: { by: 'registration', provider: 'telnyx', subject: 'number-order', externalId: standing.externalId },
      content: { kind: 'registration-report', news: { status: 'success', reasons: [] } },
    });
  });

  it('may fail an order that it took, and says what to do', async () => {
    telnyx.planOrders({ end: 'failure' }, 1);
    const { standing: _, ...wanted } = await order('+15125550213');
    await telnyx.settled();
    expect(await carrier().findOrder(wanted)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('choose'),
    });
    expect(telnyx.accountNumbers()).not.toContainEqual(expect.objectContaining({ number: wanted.number }));
  });

  it('posts texts of a bought number to the address of the clinic’s profile, and leaves its calls alone', async () => {
    const { standing: _, ...wanted } = await order('+15125550226');
    await telnyx.settled();
    await telnyx.receiveText({ from: '+14805550123', to: wanted.number, text: 'Hi' });
    expect(telnyx.deliveries.at(-1)?.tries[0]?.url).toBe(`${publicWebhookUrl}/webhooks/telnyx/messages`);
    expect(telnyx.accountNumbers().find((each) => each.number === wanted.number)?.connectionId).toBeNull();
  });

  it('refuses in its own words, without whole numbers in them', async () => {
    telnyx.refuseRequests('10016', { times: 1 });
    await expect(carrier().search({ limit: 1 })).rejects.toThrow('Telnyx refused to search for numbers (10016)');
    await expect(order('+15125559999')).rejects.toThrow('no longer available');
  });

  it('never finds a number whose digits only contain those of another', async () => {
    const missing = { number: number('+15125550239'), reference: newId() };
    expect(await carrier().findOrder(missing)).toBeNull();
    await carrier().release({ number: missing.number, numberId: null });
  });
});
