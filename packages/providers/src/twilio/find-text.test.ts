import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, parsePhoneNumber, present } from '@frontdesk/kernel';
import { startTwilioSimulator, type TwilioSimulator } from '@frontdesk/simulators';
import { twilioClient } from './client.ts';
import { findText } from './find-text.ts';

const number = (text: string) => present(parsePhoneNumber(text), 'the number');
const clinic = number('+14805550100');
const patient = number('+14805550123');
const start = Temporal.Instant.from('2026-11-20T16:00:00Z');
const body = 'See you at 3 PM.';

let now = start;
let carrier: TwilioSimulator;
let client: ReturnType<typeof twilioClient>;
beforeAll(async () => {
  carrier = await startTwilioSimulator({ clock: () => now, authToken: 'token' });
  client = twilioClient({
    accountSid: carrier.accountSid,
    authToken: 'token, old-token',
    baseUrl: carrier.apiUrl,
    timeoutMs: 10_000,
  });
});
afterEach(async () => {
  await carrier.settled();
  carrier.behave();
  // Each test has an hour of its own.
  now = now.add({ hours: 1 });
});
afterAll(() => carrier.stop());

const post = async (text = body, to: string = patient) =>
  (await client.messages.create({ from: clinic, to, body: text })).sid;
const find = (startedAt: Temporal.Instant, pageSize?: number) =>
  findText(client, { attemptId: newId(), channel: 'sms', from: clinic, to: patient, body, startedAt }, pageSize);

describe('a lost text at Twilio', () => {
  it('is found by its words, while it waits and when it has arrived', async () => {
    carrier.planReceipts({ hold: true, delayMs: 50 });
    const sid = await post();
    expect(await find(now)).toEqual({ kind: 'has-it', providerMessageId: sid, status: 'sent', errorCode: null });
    await carrier.settled();
    expect(await find(now)).toMatchObject({ providerMessageId: sid, status: 'delivered' });
  });

  it('brings why it did not arrive', async () => {
    carrier.planReceipts({ status: 'undelivered', errorCode: '30003' });
    await post();
    await carrier.settled();
    expect(await find(now)).toMatchObject({ kind: 'has-it', status: 'undelivered', errorCode: '30003' });
  });

  it.each([
    ['other words', () => post('See you at 4 PM.')],
    ['another person', () => post(body, '+14805550124')],
    ['what the person wrote', () => carrier.receiveText({ from: patient, to: clinic, text: body })],
  ])('is not taken for %s', async (_, act) => {
    carrier.setWebhookUrls({ messages: 'http://127.0.0.1:9/', voice: '', voiceStatus: '' });
    await act();
    expect(await find(now)).toEqual({ kind: 'has-not' });
  });

  it('is not taken for the same words of another time, but for seconds by which the clocks differ', async () => {
    await post();
    expect(await find(now.add({ seconds: 6 }))).toEqual({ kind: 'has-not' });
    expect(await find(now.subtract({ seconds: 121 }))).toEqual({ kind: 'has-not' });
    expect(await find(now.add({ seconds: 4 }))).toMatchObject({ kind: 'has-it' });
    expect(await find(now.subtract({ seconds: 119 }))).toMatchObject({ kind: 'has-it' });
  });

  it.each([
    ['whatsapp', '+525599009999', 'cannot-tell'],
    ['whatsapp', '+5531987654321', 'cannot-tell'],
    ['whatsapp', '+14805550125', 'has-not'],
    ['sms', '+525599009999', 'has-not'],
    ['sms', '+5531987654321', 'has-not'],
  ] as const)('on %s to %s that is not there: %s', async (channel, person, kind) => {
    const lost = { attemptId: newId(), channel, from: clinic, to: number(person), body, startedAt: now };
    expect(await findText(client, lost)).toEqual({ kind });
  });

  it('is looked for on as many pages as it takes, and given up beyond that', async () => {
    const sid = await post();
    for (let n = 0; n < 9; n++) await post(`Another, number ${n}.`);
    expect(await find(now, 2)).toMatchObject({ kind: 'has-it', providerMessageId: sid });
    await post('And one more.');
    expect(await find(now, 2)).toEqual({ kind: 'cannot-tell' });
    expect(await find(now, 3)).toMatchObject({ kind: 'has-it', providerMessageId: sid });
  });
});

describe('a lost message of WhatsApp at Twilio', () => {
  const lost = { attemptId: newId(), channel: 'whatsapp', from: clinic, to: patient, body } as const;
  const look = (startedAt = now) => findText(client, { ...lost, startedAt });
  const write = (text: string) =>
    client.messages.create({ from: `whatsapp:${clinic}`, to: `whatsapp:${patient}`, body: text });
  beforeEach(() => carrier.openWindow(clinic, patient));

  it('is found by its words, also with a list below them', async () => {
    const { sid } = await write(body);
    expect(await look()).toMatchObject({ kind: 'has-it', providerMessageId: sid });
    now = now.add({ hours: 1 });
    carrier.openWindow(clinic, patient);
    const numbered = await write(`${body}\n\n1. Keep\n2. Move`);
    expect(await look()).toMatchObject({ kind: 'has-it', providerMessageId: numbered.sid });
  });

  it('may be whatever else went to the person at the time, for a template has other words', async () => {
    await write('Hi Ana, see you on Tuesday.');
    expect(await look()).toEqual({ kind: 'cannot-tell' });
    expect(await look(now.add({ hours: 1 }))).toEqual({ kind: 'has-not' });
  });

  it('is not a text of SMS with its words', async () => {
    await post();
    expect(await look()).toEqual({ kind: 'has-not' });
  });
});
