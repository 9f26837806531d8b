import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { APIConnectionError, InternalServerError, RateLimitError } from 'telnyx';
import { CLINIC, PATIENT, startTelnyxBench, type TelnyxBench } from './telnyx-bench.ts';

let bench: TelnyxBench;
beforeEach(async () => {
  bench = await startTelnyxBench();
});
afterEach(() => bench.stop());

const sendWithin = (timeout: number) =>
  bench.client.messages.send({ from: CLINIC, to: PATIENT, text: 'hi' }, { timeout });

describe('a misbehaving Telnyx', () => {
  it('refuses with 429 and says when to come back', async () => {
    bench.telnyx.misbehave({ kind: 'answer', status: 429, retryAfterSeconds: 7 }, { times: 1 });
    const error: unknown = await bench.send('hi').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ status: 429, error: { errors: [{ code: '10011' }] } });
    expect((error as RateLimitError).headers?.get('retry-after')).toBe('7'); // instance checked above
    expect(bench.telnyx.accepted).toEqual([]);
    await bench.send('hi');
    expect(bench.telnyx.accepted).toHaveLength(1);
  });

  it.each([500, 503] as const)('refuses with %s', async (status) => {
    bench.telnyx.misbehave({ kind: 'answer', status }, { times: 2 });
    await expect(bench.send('hi')).rejects.toMatchObject({ status });
    await expect(bench.send('hi')).rejects.toBeInstanceOf(InternalServerError);
    await expect(bench.send('hi')).resolves.toBeDefined();
    expect(bench.telnyx.accepted).toHaveLength(1);
  });

  it('takes the text and never answers, yet reports on it', async () => {
    bench.telnyx.misbehave({ kind: 'accept-then-hang' }, { times: 1 });
    await expect(sendWithin(5_000)).rejects.toBeInstanceOf(APIConnectionError);
    await bench.telnyx.settled();
    expect(bench.telnyx.accepted).toHaveLength(1);
    expect(bench.events().map(({ type }) => type)).toEqual(['message.sent', 'message.finalized']);
  });

  it('takes the text and answers 500', async () => {
    bench.telnyx.misbehave({ kind: 'accept-then-fail' }, { times: 1 });
    await expect(bench.send('hi')).rejects.toBeInstanceOf(InternalServerError);
    expect(bench.telnyx.accepted).toHaveLength(1);
  });

  it('takes the text and cuts the connection', async () => {
    bench.telnyx.misbehave({ kind: 'accept-then-reset' }, { times: 1 });
    await expect(bench.send('hi')).rejects.toBeInstanceOf(APIConnectionError);
    expect(bench.telnyx.accepted).toHaveLength(1);
  });

  it('cuts the connection without taking the text', async () => {
    bench.telnyx.misbehave({ kind: 'reset' }, { times: 1 });
    await expect(bench.send('hi')).rejects.toBeInstanceOf(APIConnectionError);
    expect(bench.telnyx.accepted).toEqual([]);
  });

  it('answers late', async () => {
    bench.telnyx.misbehave({ kind: 'delay', ms: 80 }, { times: 1 });
    const startedAt = performance.now();
    await bench.send('hi');
    expect(performance.now() - startedAt).toBeGreaterThan(75);
  });

  it('refuses connections until it is online again', async () => {
    await bench.telnyx.goOffline();
    await expect(bench.send('hi')).rejects.toBeInstanceOf(APIConnectionError);
    await bench.telnyx.goOnline();
    await bench.send('hi');
    expect(bench.telnyx.accepted).toHaveLength(1);
  });

  it('refuses texts with a code of the reference', async () => {
    bench.telnyx.refuseTexts('40318', 1);
    await expect(bench.send('hi')).rejects.toMatchObject({ error: { errors: [{ code: '40318' }] } });
    await expect(bench.send('hi')).resolves.toBeDefined();
  });

  it('strikes only the requests that were meant, and none after behave()', async () => {
    bench.telnyx.misbehave({ kind: 'answer', status: 500 }, { where: ({ body }) => body.includes('unlucky') });
    await expect(bench.send('lucky')).resolves.toBeDefined();
    await expect(bench.send('unlucky')).rejects.toBeDefined();
    bench.telnyx.behave();
    await expect(bench.send('unlucky')).resolves.toBeDefined();
  });

  it('shows why the SDK must not retry a send by itself', async () => {
    bench.telnyx.misbehave({ kind: 'accept-then-fail' }, { times: 1 });
    await bench.client.messages.send({ from: CLINIC, to: PATIENT, text: 'twice' }, { maxRetries: 2 });
    expect(bench.telnyx.accepted.map(({ text }) => text)).toEqual(['twice', 'twice']);
  });
});
