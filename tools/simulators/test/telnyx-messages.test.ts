import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { APIError, type Telnyx } from 'telnyx';
import { CLINIC, PATIENT, PROFILE, startTelnyxBench, type TelnyxBench } from './telnyx-bench.ts';

let bench: TelnyxBench;
beforeEach(async () => {
  bench = await startTelnyxBench();
});
afterEach(() => bench.stop());

async function refusalOf(sent: Promise<unknown>): Promise<{ status: unknown; code: unknown }> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    // The SDK leaves the error body untyped.
    const body = error.error as { errors: { code: string }[] };
    return { status: error.status, code: body.errors[0]?.code };
  }
  throw new Error('the send was accepted');
}

const send = (body: Partial<Telnyx.MessageSendParams>) =>
  bench.client.messages.send({ from: CLINIC, to: PATIENT, text: 'hi', ...body });

describe('sending a text', () => {
  it('answers with the fields of the reference, and keeps what was sent', async () => {
    const { data } = await send({ text: 'See you at 3 PM.', webhook_url: `${bench.app.url}/receipts?attempt=a1` });

    expect(data).toEqual({
      record_type: 'message',
      id: expect.any(String),
      direction: 'outbound',
      type: 'SMS',
      from: { phone_number: CLINIC },
      to: [{ phone_number: PATIENT, status: 'queued' }],
      parts: 1,
      encoding: 'GSM-7',
      errors: [],
    });
    expect(bench.telnyx.accepted).toEqual([
      {
        id: data?.id,
        from: CLINIC,
        to: PATIENT,
        text: 'See you at 3 PM.',
        mediaUrls: [],
        messagingProfileId: PROFILE,
        webhookUrl: `${bench.app.url}/receipts?attempt=a1`,
        at: expect.any(Temporal.Instant),
      },
    ]);
    expect(bench.telnyx.requests).toMatchObject([
      { method: 'POST', path: '/v2/messages', headers: { authorization: 'Bearer KEY-test' } },
    ]);
  });

  it('is followed by message.sent and message.finalized, to the URL of the text', async () => {
    const id = await bench.send('hi', `${bench.app.url}/receipts?attempt=a1`);
    await bench.telnyx.settled();

    expect(bench.events()).toMatchObject([
      { type: 'message.sent', payload: { id, to: [{ phone_number: PATIENT, status: 'sent' }] }, attempt: 1 },
      { type: 'message.finalized', payload: { id, to: [{ phone_number: PATIENT, status: 'delivered' }] }, attempt: 1 },
    ]);
    expect(bench.app.received.map(({ path }) => path)).toEqual(['/receipts?attempt=a1', '/receipts?attempt=a1']);
    const { data } = await bench.client.messages.retrieve(id);
    expect(data).toMatchObject({ id, to: [{ status: 'delivered' }], completed_at: expect.any(String) });
  });

  it('reports to the profile when the text names no URL', async () => {
    await send({});
    await bench.telnyx.settled();
    expect(bench.app.received.map(({ path }) => path)).toEqual(['/messages', '/messages']);
  });

  it.each<[string, Partial<Telnyx.MessageSendParams>, number, string]>([
    ['a recipient in national format', { to: '212-555-0100' }, 400, '10016'],
    ['a recipient that cannot be', { to: '+1212555' }, 400, '40310'],
    ['no recipient', { to: '' }, 400, '10004'],
    ['a sender that is not on a profile', { from: '+15125550111' }, 400, '40305'],
    ['a sender of another profile', { messaging_profile_id: 'other' }, 400, '40305'],
    ['no content', { text: '' }, 400, '40316'],
    ['more than ten segments', { text: 'x'.repeat(1531) }, 400, '40328'],
    ['more than ten segments of UCS-2', { text: '🙂'.repeat(336) }, 400, '40328'],
    ['emoji forced into GSM-7', { text: '🙂', encoding: 'gsm7' }, 400, '10015'],
    ['an SMS with media', { type: 'SMS', media_urls: ['https://a.example/x.jpg'] }, 400, '40304'],
  ])('refuses %s', async (_, body, status, code) => {
    expect(await refusalOf(send(body))).toEqual({ status, code });
    expect(bench.telnyx.accepted).toEqual([]);
  });

  it('refuses a request without a key', async () => {
    const answer = await fetch(`${bench.telnyx.apiUrl}/messages`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ errors: [{ code: '10009' }] });
  });

  it('does not know messages that were never sent, nor paths that are not in the reference', async () => {
    expect(await refusalOf(bench.client.messages.retrieve('nope'))).toEqual({ status: 404, code: '10005' });
    expect(await refusalOf(bench.client.addresses.list())).toEqual({ status: 404, code: '10005' });
  });

  it('finds a text that has come or will come, and says what came instead', async () => {
    await bench.send('first');
    const later = bench.telnyx.waitForText({ to: PATIENT, matching: /second/ });
    await bench.send('second');
    expect((await later).text).toBe('second');
    expect((await bench.telnyx.waitForText({ matching: /first/ })).text).toBe('first');
    await expect(bench.telnyx.waitForText({ matching: /third/, timeoutMs: 10 })).rejects.toThrow('second');
  });
});

describe('the opt-out engine', () => {
  const hear = (text: string) => bench.telnyx.receiveText({ from: PATIENT, to: CLINIC, text });
  const heardType = () => bench.events().at(-1)?.payload['autoresponse_type'];

  it.each(['STOP', 'stop', 'StopAll', 'stop all', 'unsubscribe', 'cancel', 'end', ' quit '])(
    'blocks after "%s", answers the person and says so',
    async (keyword) => {
      await hear(keyword);
      expect(heardType()).toBe('STOP');
      expect(bench.telnyx.autoresponses).toMatchObject([{ from: CLINIC, to: PATIENT, kind: 'STOP' }]);
      expect(await refusalOf(send({}))).toEqual({ status: 403, code: '40300' });
    },
  );

  it.each(['please stop', 'cancel my appointment', 'revoke', 'opt out', 'stop.'])(
    'leaves "%s" to the app',
    async (wording) => {
      await hear(wording);
      expect(heardType()).toBeNull();
      expect(bench.telnyx.autoresponses).toEqual([]);
      expect((await send({})).data?.id).toBeDefined();
    },
  );

  it.each(['START', 'unstop'])('lifts the block after "%s"', async (keyword) => {
    await hear('STOP');
    await hear(keyword);
    expect(heardType()).toBe('START');
    expect(bench.telnyx.isOptedOut(CLINIC, PATIENT)).toBe(false);
    expect((await send({})).data?.id).toBeDefined();
  });

  it('blocks per messaging profile', async () => {
    bench.telnyx.assignNumber('+15125550177', PROFILE);
    bench.telnyx.assignNumber('+15125550188', 'another-profile');
    await hear('STOP');
    expect(await refusalOf(send({ from: '+15125550177' }))).toMatchObject({ code: '40300' });
    expect((await send({ from: '+15125550188' })).data?.id).toBeDefined();
  });

  it('answers HELP without a block', async () => {
    await hear('help');
    expect(heardType()).toBe('HELP');
    expect(bench.telnyx.isOptedOut(CLINIC, PATIENT)).toBe(false);
  });

  it('can be made to stay silent', async () => {
    await bench.telnyx.receiveText({ from: PATIENT, to: CLINIC, text: 'STOP', autoresponseType: null });
    expect(heardType()).toBeNull();
  });
});
