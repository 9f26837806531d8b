import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message.js';
import { CLINIC, PATIENT, SERVICE, startTwilioBench, type TwilioBench } from './twilio-bench.ts';

let bench: TwilioBench;
beforeEach(async () => {
  bench = await startTwilioBench();
});
afterEach(() => bench.stop());

const send = (change: Partial<MessageListInstanceCreateOptions> = {}) =>
  bench.client.messages.create({ from: CLINIC, to: PATIENT, body: 'hi', ...change });

describe('sending a text', () => {
  it('answers with the Message resource, and keeps what was sent', async () => {
    const statusCallback = `${bench.app.url}/status?attempt=a1`;
    const message = await send({ body: 'See you at 3 PM.', statusCallback });
    expect(message).toMatchObject({
      accountSid: bench.twilio.accountSid,
      body: 'See you at 3 PM.',
      direction: 'outbound-api',
      errorCode: null,
      from: CLINIC,
      messagingServiceSid: null,
      numMedia: '0',
      numSegments: '1',
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      status: 'queued',
      to: PATIENT,
    });
    expect(bench.twilio.accepted).toEqual([
      {
        id: message.sid,
        channel: 'sms',
        choices: [],
        listLabel: null,
        contentSid: null,
        template: null,
        from: CLINIC,
        to: PATIENT,
        text: 'See you at 3 PM.',
        mediaUrls: [],
        messagingProfileId: '',
        webhookUrl: statusCallback,
        at: expect.any(Temporal.Instant),
      },
    ]);
  });

  it('is followed by its status callbacks, without one for its first status', async () => {
    const sid = await bench.send('hi');
    await bench.twilio.settled();
    expect(bench.forms().map(({ form }) => form)).toEqual(
      ['sent', 'delivered'].map((status) => ({
        AccountSid: bench.twilio.accountSid,
        ApiVersion: '2010-04-01',
        From: CLINIC,
        MessageSid: sid,
        MessageStatus: status,
        SmsSid: sid,
        SmsStatus: status,
        To: PATIENT,
      })),
    );
    expect(bench.app.received.map(({ path }) => path)).toEqual(['/status?attempt=1', '/status?attempt=1']);
    expect(await bench.client.messages(sid).fetch()).toMatchObject({ sid, status: 'delivered' });
  });

  it('tells nobody when it names no address', async () => {
    await send();
    await bench.twilio.settled();
    expect(bench.forms()).toEqual([]);
  });

  it('goes by a Messaging Service from the number that is named, or from its pool', async () => {
    bench.twilio.assignNumber(CLINIC, SERVICE);
    bench.twilio.assignNumber('+15125550188', SERVICE);
    const named = await send({ from: '+15125550188', messagingServiceSid: SERVICE });
    expect(named).toMatchObject({ status: 'accepted', numSegments: '0', messagingServiceSid: SERVICE });
    await bench.client.messages.create({ to: PATIENT, body: 'hi', messagingServiceSid: SERVICE });
    expect(bench.twilio.accepted.map(({ from }) => from)).toEqual(['+15125550188', CLINIC]);
  });

  it('takes pictures', async () => {
    const message = await send({ body: '', mediaUrl: ['https://a.example/1.jpg', 'https://a.example/2.jpg'] });
    expect(message).toMatchObject({ numMedia: '2', sid: expect.stringMatching(/^MM/) });
    expect(bench.twilio.accepted[0]?.mediaUrls).toEqual(['https://a.example/1.jpg', 'https://a.example/2.jpg']);
  });

  it.each<[string, Partial<MessageListInstanceCreateOptions>, number, number]>([
    ['no recipient', { to: '' }, 400, 21604],
    ['a recipient in national format', { to: '212-555-0100' }, 400, 21211],
    ['a recipient that cannot be', { to: '+1212555' }, 400, 21211],
    ['no sender', { from: '' }, 400, 21603],
    ['a sender that is none', { from: '12345' }, 400, 21212],
    ['a sender of somebody else', { from: '+15125550111' }, 400, 21606],
    ['a service that is none', { messagingServiceSid: 'MG2' }, 404, 21701],
    ['no content', { body: '' }, 400, 21602],
    ['more than 1,600 characters', { body: 'x'.repeat(1_601) }, 400, 21617],
    ['eleven pictures', { mediaUrl: Array.from({ length: 11 }, () => 'https://a.example/1.jpg') }, 400, 21623],
    ['a picture nowhere', { mediaUrl: ['nowhere'] }, 400, 21620],
    ['a callback nowhere', { statusCallback: 'nowhere' }, 400, 21609],
  ])('refuses %s', async (_, change, status, code) => {
    const more = `https://www.twilio.com/docs/errors/${code}`;
    await expect(send(change)).rejects.toMatchObject({ status, code, moreInfo: more });
    expect(bench.twilio.accepted).toEqual([]);
  });

  it('refuses other credentials, and other accounts', async () => {
    const from = { from: CLINIC, to: PATIENT, body: 'hi' };
    await expect(bench.clientOf({ authToken: 'wrong' }).messages.create(from)).rejects.toMatchObject({ code: 20003 });
    const elsewhere = bench.clientOf({ accountSid: 'AC2' });
    await expect(elsewhere.messages.create(from)).rejects.toMatchObject({ status: 401, code: 20003 });
    bench.twilio.rotateAuthToken('new');
    await expect(send()).rejects.toMatchObject({ code: 20003 });
    await expect(bench.clientOf({ authToken: 'new' }).messages.create(from)).resolves.toBeDefined();
  });

  it('does not know messages that were never sent, nor paths that are not in the reference', async () => {
    await expect(bench.client.messages('SM0').fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(bench.client.calls.list()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('finds a text that has come or will come', async () => {
    const later = bench.twilio.waitForText({ to: PATIENT, matching: /second/ });
    await bench.send('second');
    expect((await later).text).toBe('second');
  });
});

describe('the list of messages', () => {
  it('gives the newest first, by number and page by page, what was received too', async () => {
    for (let n = 0; n < 5; n++) await bench.send(`text ${n}`);
    await send({ to: '+12125550101' });
    await bench.twilio.receiveText({ from: PATIENT, to: CLINIC, text: 'mine' });
    const toPatient = await bench.client.messages.list({ to: PATIENT, from: CLINIC, pageSize: 2 });
    expect(toPatient.map(({ body }) => body)).toEqual(['text 4', 'text 3', 'text 2', 'text 1', 'text 0']);
    expect(bench.twilio.requests.filter(({ method }) => method === 'GET')).toHaveLength(3);
    expect((await bench.client.messages.list({ to: CLINIC })).map(({ direction }) => direction)).toEqual(['inbound']);
    expect(await bench.client.messages.list()).toHaveLength(7);
  });

  it('goes on where it was when messages come meanwhile', async () => {
    for (let n = 0; n < 4; n++) await bench.send(`text ${n}`);
    const first = await bench.client.messages.page({ pageSize: 2 });
    await bench.send('text 4');
    const second = await bench.client.messages.getPage(first.nextPageUrl ?? '');
    expect(second.instances.map(({ body }) => body)).toEqual(['text 1', 'text 0']);
    expect(second.nextPageUrl).toBeUndefined();
  });

  it('knows a message by its day only once it was sent', async () => {
    await bench.send('leaves');
    await bench.twilio.settled();
    bench.twilio.planReceipts({ delayMs: 60_000 });
    await bench.send('waits');
    const yesterday = new Date(Date.now() - 86_400_000);
    const bodies = async (filter: object) => (await bench.client.messages.list(filter)).map(({ body }) => body);
    expect(await bodies({ dateSentAfter: yesterday })).toEqual(['leaves']);
    expect(await bodies({ dateSentBefore: yesterday })).toEqual([]);
    expect(await bodies({})).toEqual(['waits', 'leaves']);
  });
});

describe('the opt-out engine', () => {
  const hear = (text: string) => bench.twilio.receiveText({ from: PATIENT, to: CLINIC, text });
  const told = () => bench.forms().at(-1)?.form['OptOutType'];

  it.each(['STOP', 'stop', 'StopAll', 'unsubscribe', 'cancel', 'end', ' quit ', 'Revoke', 'optout'])(
    'blocks after "%s" and answers the person, and without Advanced Opt-Out says nothing of it',
    async (keyword) => {
      await hear(keyword);
      expect(told()).toBeUndefined();
      expect(bench.twilio.autoresponses).toMatchObject([{ from: CLINIC, to: PATIENT, kind: 'STOP' }]);
      await expect(send()).rejects.toMatchObject({ status: 400, code: 21610 });
    },
  );

  it('says so with Advanced Opt-Out, which is a Messaging Service’s', async () => {
    bench.twilio.setAdvancedOptOut(true);
    await hear('STOP');
    expect(told()).toBeUndefined();
    bench.twilio.assignNumber(CLINIC, SERVICE);
    await hear('STOP');
    expect(told()).toBe('STOP');
    await hear('START');
    expect(told()).toBe('START');
    await hear('HELP');
    expect(told()).toBe('HELP');
    expect(bench.twilio.autoresponses.map(({ kind }) => kind)).toEqual(['STOP', 'STOP', 'START', 'HELP']);
  });

  it.each(['please stop', 'cancel my appointment', 'opt out', 'stop.', 'constructor'])(
    'leaves "%s" to the app',
    async (wording) => {
      await hear(wording);
      expect(bench.twilio.autoresponses).toEqual([]);
      await expect(send()).resolves.toBeDefined();
    },
  );

  it.each(['START', 'yes', 'unstop'])(
    'lifts the block after "%s", and hears nothing in it otherwise',
    async (keyword) => {
      await hear(keyword);
      expect(bench.twilio.autoresponses).toEqual([]);
      await hear('STOP');
      await hear(keyword);
      expect(bench.twilio.isOptedOut(CLINIC, PATIENT)).toBe(false);
      await expect(send()).resolves.toBeDefined();
    },
  );

  it('blocks a number alone, and all numbers of a Messaging Service', async () => {
    bench.twilio.assignNumber('+15125550177', null);
    await hear('STOP');
    await expect(send({ from: '+15125550177' })).resolves.toBeDefined();
    bench.twilio.assignNumber(CLINIC, SERVICE);
    bench.twilio.assignNumber('+15125550188', SERVICE);
    await hear('STOP');
    await expect(send({ from: '+15125550188', messagingServiceSid: SERVICE })).rejects.toMatchObject({ code: 21610 });
    expect(bench.twilio.isOptedOut('+15125550188', PATIENT)).toBe(true);
  });

  it('can be made to say anything, or nothing', async () => {
    bench.twilio.assignNumber(CLINIC, SERVICE);
    bench.twilio.setAdvancedOptOut(true);
    await bench.twilio.receiveText({ from: PATIENT, to: CLINIC, text: 'STOP', autoresponseType: null });
    expect(told()).toBeUndefined();
    await bench.twilio.receiveText({ from: PATIENT, to: CLINIC, text: 'basta', autoresponseType: 'STOP' });
    expect(told()).toBe('STOP');
  });
});
