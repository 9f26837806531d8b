import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLINIC, PATIENT, startTelnyxBench, type TelnyxBench } from './telnyx-bench.ts';

let bench: TelnyxBench;
beforeEach(async () => {
  bench = await startTelnyxBench();
});
afterEach(() => bench.stop());

/** A carrier that waits for an answer no longer than a test does. */
async function waitBriefly(): Promise<void> {
  await bench.stop();
  bench = await startTelnyxBench({ webhookTimeoutMs: 100 });
}

const text = { from: PATIENT, to: CLINIC, text: 'Can I come on Tuesday?' };
const types = () => bench.events().map(({ type }) => type);

describe('a message webhook', () => {
  it('has the payload of the reference', async () => {
    await bench.telnyx.receiveText(text);
    const [event] = bench.events();
    expect(Object.keys(event?.payload ?? {}).toSorted()).toEqual(
      (
        'record_type direction id type organization_id messaging_profile_id from to cc text subject media encoding ' +
        'parts tags errors autoresponse_type cost received_at sent_at completed_at valid_until webhook_url ' +
        'webhook_failover_url'
      )
        .split(' ')
        .toSorted(),
    );
    expect(event?.payload).toMatchObject({
      direction: 'inbound',
      from: { phone_number: PATIENT },
      to: [{ phone_number: CLINIC, status: 'webhook_delivered' }],
      text: text.text,
    });
  });

  it.each([500, 404, 302, 'silence'] as const)(
    'is tried three times after %s, numbered and further and further apart',
    async (answer) => {
      if (answer === 'silence') await waitBriefly();
      bench.app.answerWith(answer, answer, answer, answer);
      await bench.telnyx.receiveText(text);
      await bench.telnyx.settled();

      const events = bench.events();
      expect(events.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
      expect(new Set(events.map(({ id }) => id)).size).toBe(1);
      const [first, second, third] = bench.app.received.map(({ atMs }) => atMs);
      // Node's timers may fire a millisecond early; a busy machine only adds to the waits.
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(8);
      expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(28);
      expect(bench.telnyx.deliveries).toMatchObject([{ state: 'given-up' }]);
    },
  );

  it('ends with the first 2xx', async () => {
    bench.app.answerWith(503, 204);
    const answer = await bench.telnyx.receiveText(text);
    await bench.telnyx.settled();
    expect(answer.status).toBe(503);
    expect(types()).toHaveLength(2);
    expect(bench.telnyx.deliveries).toMatchObject([{ state: 'delivered' }]);
  });

  it('is signed anew for each try', async () => {
    bench.app.answerWith(500);
    await bench.telnyx.receiveText(text);
    await bench.telnyx.settled();
    const signatures = bench.app.received.map(({ headers }) => headers['telnyx-signature-ed25519']);
    expect(new Set(signatures).size).toBe(2);
  });

  it('goes to the failover URL, three times more', async () => {
    bench.app.answerWith(500, 500, 500, 500, 500, 500, 500);
    bench.telnyx.planReceipts({ status: 'sending_failed' });
    await bench.client.messages.send({
      from: CLINIC,
      to: PATIENT,
      text: 'hi',
      webhook_url: `${bench.app.url}/first`,
      webhook_failover_url: `${bench.app.url}/second`,
    });
    await bench.telnyx.settled();
    const paths = bench.app.received.map(({ path }) => path);
    expect(paths).toEqual(['/first', '/first', '/first', '/second', '/second', '/second']);
  });

  it('tells whose answer came, and that none came', async () => {
    await waitBriefly();
    bench.app.answerWith('silence');
    expect(await bench.telnyx.receiveText(text)).toMatchObject({ status: null, failure: 'timeout' });
  });
});

describe('a text from a person', () => {
  it('can be delivered several times under one id', async () => {
    const answer = await bench.telnyx.receiveText({ ...text, copies: 3 });
    const events = bench.events();
    expect(events.map(({ id }) => id)).toEqual([answer.eventId, answer.eventId, answer.eventId]);
    expect(answer.repeats).toHaveLength(2);
  });

  it('can come twice under two ids', async () => {
    const answer = await bench.telnyx.receiveText({ ...text, twin: true });
    const events = bench.events();
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    expect(new Set(events.map(({ payload }) => payload['id'])).size).toBe(2);
    expect(new Set(events.map(({ payload }) => payload['text'])).size).toBe(1);
    expect(answer.repeats).toMatchObject([{ status: 200 }]);
  });

  it('can carry ids of the test', async () => {
    await bench.telnyx.receiveText({ ...text, eventId: 'ev-1', messageId: 'm-1' });
    expect(bench.events()).toMatchObject([{ id: 'ev-1', payload: { id: 'm-1' } }]);
  });
});

describe('receipts', () => {
  it('can come in reverse order', async () => {
    bench.telnyx.planReceipts({ order: 'reversed' }, 1);
    await bench.send('one');
    await bench.telnyx.settled();
    await bench.send('two');
    await bench.telnyx.settled();
    expect(types()).toEqual(['message.finalized', 'message.sent', 'message.sent', 'message.finalized']);
  });

  it('can come several times', async () => {
    bench.telnyx.planReceipts({ copies: 2 });
    await bench.send('one');
    await bench.telnyx.settled();
    expect(types()).toEqual(['message.sent', 'message.sent', 'message.finalized', 'message.finalized']);
    expect(new Set(bench.events().map(({ id }) => id)).size).toBe(2);
  });

  it('can be held until they are released', async () => {
    bench.telnyx.planReceipts({ hold: true });
    await bench.send('one');
    await bench.telnyx.settled();
    expect(types()).toEqual([]);
    await bench.telnyx.releaseReceipts();
    expect(types()).toEqual(['message.sent', 'message.finalized']);
  });

  it('can stay away, though the text was delivered', async () => {
    bench.telnyx.planReceipts({ never: true });
    const id = await bench.send('one');
    await bench.telnyx.settled();
    expect(types()).toEqual([]);
    expect(await bench.client.messages.retrieve(id)).toMatchObject({ data: { to: [{ status: 'delivered' }] } });
  });

  it('can beat the answer to the send', async () => {
    bench.telnyx.planReceipts({ beforeAnswer: true });
    await bench.send('one');
    expect(types()).toEqual(['message.sent', 'message.finalized']);
  });

  it('can tell of a failure, with its code as a string', async () => {
    bench.telnyx.planReceipts({ status: 'delivery_failed', errorCode: '40002' });
    await bench.send('one');
    await bench.telnyx.settled();
    expect(bench.events().at(-1)?.payload).toMatchObject({
      to: [{ status: 'delivery_failed' }],
      errors: [{ code: '40002' }],
    });
  });

  it('can take their time', async () => {
    bench.telnyx.planReceipts({ delayMs: 40 });
    await bench.send('one');
    expect(types()).toEqual([]);
    await bench.telnyx.settled();
    const [sent, finalized] = bench.app.received.map(({ atMs }) => atMs);
    expect((finalized ?? 0) - (sent ?? 0)).toBeGreaterThan(35);
  });

  it('are as usual after behave()', async () => {
    bench.telnyx.planReceipts({ never: true });
    bench.telnyx.behave();
    await bench.send('one');
    await bench.telnyx.settled();
    expect(types()).toHaveLength(2);
  });
});
