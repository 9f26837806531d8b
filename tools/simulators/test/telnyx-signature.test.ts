import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Telnyx } from 'telnyx';
import { createTelnyxSigner, REFERENCE_SEED } from '../src/telnyx/signature.ts';
import { CLINIC, PATIENT, startTelnyxBench } from './telnyx-bench.ts';
import { headerOf } from './webhook-receiver.ts';

const vector = {
  publicKey: '6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=',
  timestamp: 1763600000,
  body: '{"data":{"event_type":"message.received","id":"evt-1"}}',
  signature: 'sDaGQq9iF9mCINSlc5ODzQa7Gp/sFXbZiN0ZT2LK5tLIwkYXpY8SQlo7mXot4c4G8eyyOuqy+N5Dfh5MGGp0DA==',
};

describe('the signature of a Telnyx webhook', () => {
  afterEach(() => void jest.useRealTimers());

  it('is that of the reference vector, which the SDK accepts', async () => {
    const signer = createTelnyxSigner(REFERENCE_SEED);
    const headers = signer.sign(vector.body, vector.timestamp);

    expect(signer.publicKey).toBe(vector.publicKey);
    expect(headers['telnyx-signature-ed25519']).toBe(vector.signature);
    jest.useFakeTimers({ now: vector.timestamp * 1000 });
    const client = new Telnyx({ apiKey: 'KEY', publicKey: vector.publicKey });
    await expect(client.webhooks.unwrap(vector.body, { headers })).resolves.toEqual(JSON.parse(vector.body));
    await expect(client.webhooks.unwrap(`${vector.body} `, { headers })).rejects.toThrow('does not match');
  });

  it('covers every byte of what is posted', async () => {
    const bench = await startTelnyxBench();
    await bench.telnyx.receiveText({ from: PATIENT, to: CLINIC, text: 'Tuesday — 3 PM? 🙂' });

    const [webhook] = bench.app.received;
    if (webhook === undefined) throw new Error('no webhook came');
    const headers = {
      'telnyx-signature-ed25519': headerOf(webhook, 'telnyx-signature-ed25519'),
      'telnyx-timestamp': headerOf(webhook, 'telnyx-timestamp'),
    };
    await expect(bench.client.webhooks.unwrap(webhook.body, { headers })).resolves.toBeDefined();
    expect(headerOf(webhook, 'user-agent')).toBe('telnyx-webhooks');
    expect(headerOf(webhook, 'content-type')).toBe('application/json');
    await bench.stop();
  });

  it.each([
    { skewSeconds: -240, accepted: true },
    { skewSeconds: -301, accepted: false },
    { skewSeconds: 302, accepted: false },
  ])('can carry a timestamp that is $skewSeconds s off', async ({ skewSeconds, accepted }) => {
    const bench = await startTelnyxBench();
    bench.telnyx.setSignatureClock(() => Temporal.Now.instant().add({ seconds: skewSeconds }));
    await bench.telnyx.receiveText({ from: PATIENT, to: CLINIC, text: 'hi' });

    const [webhook] = bench.app.received;
    if (webhook === undefined) throw new Error('no webhook came');
    const headers = {
      'telnyx-signature-ed25519': headerOf(webhook, 'telnyx-signature-ed25519'),
      'telnyx-timestamp': headerOf(webhook, 'telnyx-timestamp'),
    };
    const verdict = await bench.client.webhooks.unwrap(webhook.body, { headers }).then(
      () => true,
      () => false,
    );
    expect(verdict).toBe(accepted);
    await bench.stop();
  });
});
