import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLINIC, PATIENT, startTwilioBench, type TwilioBench } from './twilio-bench.ts';

let now = Temporal.Instant.from('2026-11-20T16:00:00Z');
let bench: TwilioBench;
beforeEach(async () => {
  bench = await startTwilioBench({ clock: () => now });
});
afterEach(() => bench.stop());

const accepted = () => bench.twilio.accepted.map(({ text }) => text);
const sendWithin = (timeout: number) =>
  bench.clientOf({ timeout }).messages.create({ from: CLINIC, to: PATIENT, body: 'hi' });

describe('a misbehaving Twilio', () => {
  it.each([
    [429, 20429],
    [500, 20500],
    [503, 20503],
  ] as const)('refuses with %i', async (status, code) => {
    bench.twilio.misbehave({ kind: 'answer', status }, { times: 1 });
    await expect(bench.send('hi')).rejects.toMatchObject({ status, code });
    expect(accepted()).toEqual([]);
    await expect(bench.send('hi')).resolves.toBeDefined();
  });

  it('takes the text and never answers, yet reports on it', async () => {
    bench.twilio.misbehave({ kind: 'accept-then-hang' }, { times: 1 });
    await expect(
      bench.clientOf({ timeout: 1_000 }).messages.create({
        from: CLINIC,
        to: PATIENT,
        body: 'hi',
        statusCallback: `${bench.app.url}/status`,
      }),
    ).rejects.toMatchObject({ code: 'ECONNABORTED' });
    await bench.twilio.settled();
    expect(accepted()).toEqual(['hi']);
    expect(bench.forms().map(({ form }) => form['MessageStatus'])).toEqual(['sent', 'delivered']);
  });

  it.each(['accept-then-fail', 'accept-then-reset'] as const)('takes the text, then %s', async (kind) => {
    bench.twilio.misbehave({ kind }, { times: 1 });
    await expect(bench.send('hi')).rejects.toBeDefined();
    expect(accepted()).toEqual(['hi']);
  });

  it('cuts the connection without taking the text', async () => {
    bench.twilio.misbehave({ kind: 'reset' }, { times: 1 });
    await expect(bench.send('hi')).rejects.toBeDefined();
    expect(accepted()).toEqual([]);
  });

  it('answers late', async () => {
    bench.twilio.misbehave({ kind: 'delay', ms: 400 }, { times: 1 });
    await expect(sendWithin(50)).rejects.toMatchObject({ code: 'ECONNABORTED' });
    bench.twilio.misbehave({ kind: 'delay', ms: 20 }, { times: 1 });
    await expect(sendWithin(5_000)).resolves.toBeDefined();
  });

  it('refuses connections until it is online again', async () => {
    await bench.twilio.goOffline();
    await expect(bench.send('hi')).rejects.toBeDefined();
    await bench.twilio.goOnline();
    await expect(bench.send('hi')).resolves.toBeDefined();
  });

  it('refuses texts with a code of the reference', async () => {
    bench.twilio.refuseTexts(21614, 1);
    await expect(bench.send('hi')).rejects.toMatchObject({ status: 400, code: 21614 });
    await expect(bench.send('hi')).resolves.toBeDefined();
  });

  it('strikes only the requests that were meant, and none after behave()', async () => {
    bench.twilio.misbehave({ kind: 'answer', status: 500 }, { where: ({ body }) => body.includes('unlucky') });
    await expect(bench.send('fine')).resolves.toBeDefined();
    await expect(bench.send('unlucky')).rejects.toBeDefined();
    bench.twilio.behave();
    await expect(bench.send('unlucky')).resolves.toBeDefined();
  });
});

describe('Twilio at its limit', () => {
  const refusedOf = async (count: number) =>
    (await Promise.allSettled(Array.from({ length: count }, (_, n) => bench.send(`text ${n}`))))
      .filter((answer) => answer.status === 'rejected')
      .map(({ reason }): unknown => reason);

  it('takes so many texts a second', async () => {
    bench.twilio.limitThroughput({ textsPerSecond: 3 });
    expect(await refusedOf(5)).toMatchObject([{ status: 429, code: 20429 }, { code: 20429 }]);
    expect(accepted()).toHaveLength(3);
    now = now.add({ seconds: 1 });
    expect(await refusedOf(3)).toEqual([]);
  });

  it('can say that the queue of each number is full', async () => {
    bench.twilio.assignNumber('+15125550188', null);
    bench.twilio.limitThroughput({ textsPerSecond: 1, per: 'number', answer: 'queue-full' });
    expect(await refusedOf(2)).toMatchObject([{ code: 21611 }]);
    await expect(
      bench.client.messages.create({ from: '+15125550188', to: PATIENT, body: 'hi' }),
    ).resolves.toBeDefined();
  });
});
