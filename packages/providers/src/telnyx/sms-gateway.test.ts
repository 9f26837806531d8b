import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, parsePhoneNumber, present } from '@frontdesk/kernel';
import { startTelnyxSimulator, type TelnyxSimulator } from '@frontdesk/simulators';
import type { OutgoingText, SmsGateway } from '@frontdesk/messaging/ports';
import { telnyxSmsGateway } from './sms-gateway.ts';

const number = (text: string) => present(parsePhoneNumber(text), 'the number');
const clinic = number('+14805550100');
const patient = number('+14805550123');

let carrier: TelnyxSimulator;
let gateway: SmsGateway;
beforeAll(async () => {
  carrier = await startTelnyxSimulator({ apiKey: 'KEY-test', numbers: { [clinic]: 'profile-1' } });
  gateway = telnyxSmsGateway({
    apiKey: 'KEY-test',
    baseUrl: carrier.apiUrl,
    timeoutMs: 250,
    publicWebhookUrl: 'http://127.0.0.1:9',
  });
  carrier.planReceipts({ never: true });
});
afterEach(() => {
  carrier.behave();
  carrier.planReceipts({ never: true });
});
afterAll(() => carrier.stop());

const text = (change: Partial<OutgoingText> = {}): OutgoingText => ({
  attemptId: newId(),
  from: clinic,
  to: patient,
  mediaUrls: [],
  body: 'See you at 3 PM.',
  messagingProfileId: 'profile-1',
  ...change,
});

/** Sends a text and counts what reached the carrier on its account. */
async function send(change: Partial<OutgoingText> = {}) {
  const before = { requests: carrier.requests.length, accepted: carrier.accepted.length };
  const outcome = await gateway.send(text(change));
  return {
    outcome,
    requests: carrier.requests.length - before.requests,
    accepted: carrier.accepted.length - before.accepted,
  };
}

describe('the Telnyx SMS gateway', () => {
  it('hands over the text, with the attempt in the address for its receipts', async () => {
    const attemptId = newId();
    const { outcome } = await send({ attemptId });
    const taken = carrier.accepted.at(-1);
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: taken?.id });
    expect(taken).toMatchObject({
      from: clinic,
      to: patient,
      text: 'See you at 3 PM.',
      messagingProfileId: 'profile-1',
      webhookUrl: `http://127.0.0.1:9/webhooks/telnyx/messages?attempt=${attemptId}`,
    });
  });

  it('takes the time-out after an accepted request for an unknown outcome', async () => {
    carrier.misbehave({ kind: 'accept-then-hang' }, { times: 1 });
    expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 1 });
  });

  it.each(['accept-then-fail', 'accept-then-reset'] as const)('takes %s for an unknown outcome', async (kind) => {
    carrier.misbehave({ kind }, { times: 1 });
    expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 1 });
  });

  it.each([500, 503] as const)('takes a %i for an unknown outcome and asks once', async (status) => {
    carrier.misbehave({ kind: 'answer', status }, { times: 1 });
    expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 0 });
  });

  it('takes a connection cut on the way for an unknown outcome', async () => {
    carrier.misbehave({ kind: 'reset' }, { times: 1 });
    expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 0 });
  });

  it('knows that a 429 can be tried again, and when', async () => {
    carrier.misbehave({ kind: 'answer', status: 429, retryAfterSeconds: 7 }, { times: 1 });
    const { outcome, requests } = await send();
    expect(outcome).toMatchObject({ kind: 'retryable', retryAfterMs: 7_000 });
    expect(requests).toBe(1);
  });

  it('knows that a full queue can be tried again', async () => {
    carrier.refuseTexts('40318', 1);
    expect((await send()).outcome).toMatchObject({ kind: 'retryable', code: '40318' });
  });

  it('knows that nothing left when nobody listens', async () => {
    const gone = await startTelnyxSimulator();
    await gone.stop();
    const call = telnyxSmsGateway({
      apiKey: 'KEY-test',
      baseUrl: gone.apiUrl,
      timeoutMs: 250,
      publicWebhookUrl: 'http://x',
    });
    expect(await call.send(text())).toEqual({ kind: 'retryable', code: 'ECONNREFUSED' });
  });

  it('knows that the person stopped texts at the carrier', async () => {
    carrier.refuseTexts('40300', 1);
    expect((await send()).outcome).toMatchObject({ kind: 'refused', code: '40300', optedOut: true });
  });

  it.each(['40310', '40322', '40328', '10015', '40314'] as const)('takes %s for a final no', async (code) => {
    carrier.refuseTexts(code, 1);
    expect((await send()).outcome).toMatchObject({ kind: 'refused', code, optedOut: false });
  });

  it('takes a wrong API key for a final no', async () => {
    const { apiUrl } = carrier;
    const stranger = telnyxSmsGateway({
      apiKey: 'KEY-other',
      baseUrl: apiUrl,
      timeoutMs: 250,
      publicWebhookUrl: 'http://x',
    });
    expect(await stranger.send(text())).toMatchObject({ kind: 'refused', code: '10009' });
  });
});
