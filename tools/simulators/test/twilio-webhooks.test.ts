import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import twilio from 'twilio';
import { signForm } from '../src/twilio/signature.ts';
import { CLINIC, PATIENT, startTwilioBench, type TwilioBench } from './twilio-bench.ts';
import { headerOf } from './webhook-receiver.ts';

let bench: TwilioBench;
beforeEach(async () => {
  bench = await startTwilioBench();
});
afterEach(() => bench.stop());

const text = { from: PATIENT, to: CLINIC, text: 'Can I come on Tuesday?' };
const statuses = () => bench.forms().map(({ form }) => form['MessageStatus']);
const jpeg = { contentType: 'image/jpeg', bytes: new Uint8Array([0xff, 0xd8, 0xff, 0]) };

describe('the signature of a Twilio webhook', () => {
  it('is that of the reference vector', () => {
    const form = { From: '+15125550100', To: '+15125550199', Body: 'hi', MessageSid: 'SM1', NumMedia: '0' };
    expect(signForm('12345', 'https://example.test/twilio/sms', form)).toBe('Dz4RrN2/bhQv3G/ioW0PmzJzDgw=');
  });

  it('is right by the SDK for texts, receipts and calls', async () => {
    await bench.twilio.receiveText({ ...text, text: 'Tuesday — 3 PM? 🙂 +&=', media: [jpeg] });
    await bench.send('hi');
    await (await bench.twilio.placeCall({ from: PATIENT, to: CLINIC })).hangUp();
    await bench.twilio.settled();
    expect(bench.forms()).toHaveLength(5);
    for (const { form, webhook } of bench.forms()) {
      const signature = headerOf(webhook, 'x-twilio-signature');
      expect(headerOf(webhook, 'content-type')).toMatch(/^application\/x-www-form-urlencoded/);
      expect(twilio.validateRequest('twilio-auth-token', signature, `${bench.app.url}${webhook.path}`, form)).toBe(
        true,
      );
      expect(twilio.validateRequest('other-token', signature, `${bench.app.url}${webhook.path}`, form)).toBe(false);
    }
  });

  it('is over the address that Twilio knows, whatever stands before the app', async () => {
    const behindProxy = await startTwilioBench({
      webhookUrls: { messages: 'https://desk.example/in/messages', voice: 'https://x', voiceStatus: 'https://x' },
      route: (url) => url.replace('https://desk.example/in', bench.app.url),
    });
    await behindProxy.twilio.receiveText(text);
    const { form, webhook } = present(bench.forms()[0], 'the webhook');
    const signature = headerOf(webhook, 'x-twilio-signature');
    expect(webhook.path).toBe('/messages');
    expect(twilio.validateRequest('twilio-auth-token', signature, 'https://desk.example/in/messages', form)).toBe(true);
    await behindProxy.stop();
  });
});

describe('a text from a person', () => {
  it('has the parameters of the reference', async () => {
    const { messageId } = await bench.twilio.receiveText(text);
    expect(bench.forms()[0]?.form).toMatchObject({
      AccountSid: bench.twilio.accountSid,
      MessageSid: messageId,
      SmsSid: messageId,
      SmsMessageSid: messageId,
      SmsStatus: 'received',
      From: PATIENT,
      To: CLINIC,
      Body: text.text,
      NumMedia: '0',
      NumSegments: '1',
      ApiVersion: '2010-04-01',
      FromCountry: 'US',
      ToState: 'TX',
    });
    expect(messageId).toMatch(/^SM[0-9a-f]{32}$/);
  });

  it('can be delivered several times, and twice under two ids', async () => {
    const answer = await bench.twilio.receiveText({ ...text, copies: 2, twin: true, messageId: 'SM1' });
    const ids = bench.forms().map(({ form }) => form['MessageSid']);
    expect(ids.filter((id) => id === 'SM1')).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
    expect(answer).toMatchObject({ messageId: 'SM1', status: 200, repeats: [{ status: 200 }, { status: 200 }] });
  });

  it('is tried once, or as often as was asked, under one idempotency token', async () => {
    bench.app.answerWith(500);
    await bench.twilio.receiveText(text);
    await bench.twilio.settled();
    expect(bench.forms()).toHaveLength(1);
    const patient = await startTwilioBench({ retryGapsMs: [5, 5] });
    patient.app.answerWith(500, 503);
    await patient.twilio.receiveText(text);
    await patient.twilio.settled();
    const tokens = patient.app.received.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
    await patient.stop();
  });

  it('brings pictures, which the account alone may fetch, at an address that is open for a while', async () => {
    await bench.twilio.receiveText({ ...text, media: [jpeg, { ...jpeg, contentType: 'image/png' }] });
    const form = present(bench.forms()[0], 'the webhook').form;
    expect(form).toMatchObject({ NumMedia: '2', MediaContentType0: 'image/jpeg', MediaContentType1: 'image/png' });
    const url = form['MediaUrl0'] ?? '';
    expect(url).toContain(`/2010-04-01/Accounts/${bench.twilio.accountSid}/Messages/MM`);
    expect((await fetch(url)).status).toBe(401);
    const authorization = `Basic ${btoa(`${bench.twilio.accountSid}:${bench.twilio.authToken}`)}`;
    const sentOn = await fetch(url, { headers: { authorization }, redirect: 'manual' });
    expect(sentOn.status).toBe(307);
    const answer = await fetch(new URL(sentOn.headers.get('location') ?? '', url));
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(jpeg.bytes);
  });
});

describe('receipts', () => {
  it.each([
    [{ order: 'reversed' } as const, ['delivered', 'sent']],
    [{ copies: 2 }, ['sent', 'sent', 'delivered', 'delivered']],
    [{ never: true }, []],
    [{ status: 'undelivered' } as const, ['sent', 'undelivered']],
    [{ status: 'failed' } as const, ['failed']],
  ])('come as planned by %j', async (plan, told) => {
    bench.twilio.planReceipts(plan);
    await bench.send('one');
    await bench.twilio.settled();
    expect(statuses()).toEqual(told);
  });

  it('can be held until they are released', async () => {
    bench.twilio.planReceipts({ hold: true });
    await bench.send('one');
    await bench.twilio.settled();
    expect(statuses()).toEqual([]);
    await bench.twilio.releaseReceipts();
    expect(statuses()).toEqual(['sent', 'delivered']);
  });

  it('can beat the answer to the send, and bring an error', async () => {
    bench.twilio.planReceipts({ beforeAnswer: true, status: 'undelivered', errorCode: '30003' });
    await bench.send('one');
    expect(bench.forms().map(({ form }) => form['ErrorCode'])).toEqual([undefined, '30003']);
  });

  it('are as usual after behave()', async () => {
    bench.twilio.planReceipts({ never: true });
    bench.twilio.behave();
    await bench.send('one');
    await bench.twilio.settled();
    expect(statuses()).toEqual(['sent', 'delivered']);
  });
});
