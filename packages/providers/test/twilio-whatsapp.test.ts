import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, parsePhoneNumber, present } from '@frontdesk/kernel';
import { twilioSenders, twilioTemplates, twilioTextGateway } from '@frontdesk/providers/twilio';
import {
  createTwilioVerifier,
  parseTwilioForm,
  readTwilioMessage,
  readTwilioSenderStatus,
  readTwilioStatus,
} from '@frontdesk/providers/twilio-webhooks';
import { startTwilioSimulator, type TwilioSimulator } from '@frontdesk/simulators';
import { clinic, patient, publicWebhookUrl } from './sms-carrier-contract.ts';
import { describeWhatsAppCarrier } from './whatsapp-carrier-contract.ts';

const codes = {
  content: 63021,
  recipient: 63024,
  account: 63007,
  'queue-full': 21611,
  'template-paused': 63041,
} as const;
const buttons = [
  { id: 'keep', title: 'Keep' },
  { id: 'move', title: 'Move' },
];
const template = {
  orgId: newId(),
  account: 'AC1',
  name: 'visit_reminder',
  language: 'en',
  category: 'utility' as const,
  body: 'Hi {{1}}, see you on {{2}}.',
  examples: ['Ana', 'Tuesday'],
  choices: buttons,
};

function start() {
  return startTwilioSimulator({
    authToken: 'token-1',
    numbers: { [clinic]: null },
    whatsAppNumbers: [clinic],
    webhookUrls: {
      messages: `${publicWebhookUrl}/webhooks/twilio/messages`,
      voice: `${publicWebhookUrl}/webhooks/twilio/voice`,
      voiceStatus: `${publicWebhookUrl}/webhooks/twilio/voice/status`,
      senders: `${publicWebhookUrl}/webhooks/twilio/senders`,
    },
  });
}
const settingsOf = ({ accountSid, apiUrl: baseUrl }: TwilioSimulator) => ({
  accountSid,
  authToken: 'token-1',
  baseUrl,
  timeoutMs: 10_000,
});

describeWhatsAppCarrier('Twilio', async () => {
  const carrier = await start();
  const { externalId } = await twilioTemplates(settingsOf(carrier)).submit(template);
  await carrier.approveTemplate(externalId);
  return {
    provider: 'twilio',
    carrier,
    gateway: ({ credentials: authToken = 'token-1', ...given } = {}) =>
      twilioTextGateway({ ...settingsOf(carrier), ...given, authToken, publicWebhookUrl }),
    profileId: '',
    template: { externalId, name: template.name, language: template.language, choices: buttons },
    isSend: ({ method, path }) => method === 'POST' && path.endsWith('/Messages.json'),
    hear: ({ from = patient, text = '', media, ...more }) =>
      carrier.receiveText({
        channel: 'whatsapp',
        from,
        to: clinic,
        text,
        ...more,
        ...(media !== undefined && { media: [media] }),
      }),
    refuse: (what) => carrier.refuseTexts(codes[what], 1),
    read({ url, body }) {
      const reader = new URL(url).pathname.endsWith('/status') ? readTwilioStatus : readTwilioMessage;
      return [reader(parseTwilioForm(body))];
    },
    attemptOf: ({ url }) => new URL(url).searchParams.get('attempt'),
    verify({ url, headers, body }, keys = (own) => own) {
      const { pathname, search } = new URL(url);
      const verify = createTwilioVerifier({ authToken: keys('token-1', 'token-2'), publicWebhookUrl });
      return verify(Buffer.from(body), headers, `${pathname}${search}`);
    },
    addressee: { by: 'whatsapp-number', number: clinic },
    // Other messages went to the same person at the time.
    looksUp: { taken: 'has-it', notTaken: 'cannot-tell' },
  };
});

describe('what is Twilio’s own on WhatsApp', () => {
  let carrier: TwilioSimulator;
  beforeAll(async () => {
    carrier = await start();
  });
  afterEach(async () => {
    await carrier.settled();
    carrier.behave();
  });
  afterAll(() => carrier.stop());

  const gateway = (timeoutMs = 10_000) => twilioTextGateway({ ...settingsOf(carrier), timeoutMs, publicWebhookUrl });
  const message = (body: string, choices = buttons) => ({
    attemptId: newId(),
    channel: 'whatsapp' as const,
    from: clinic,
    to: patient,
    body,
    mediaUrls: [],
    messagingProfileId: '',
    choices,
    template: null,
  });
  const isAboutContent = ({ path }: { path: string }) => path.includes('/Content');
  const askedForContent = () => carrier.requests.filter(isAboutContent).map(({ method }) => method);
  const taken = () => present(carrier.accepted.at(-1), 'the message');

  describe('buttons and lists', () => {
    const send = async (body: string, by = gateway()) => {
      carrier.openWindow(clinic, patient);
      const before = askedForContent().length;
      const outcome = await by.send(message(body));
      return { outcome, asked: askedForContent().slice(before) };
    };

    it('go by a content that is made once, is found again, and keeps nothing of what was said', async () => {
      const one = gateway();
      expect((await send('Keep it, Ana?', one)).asked).toEqual(['GET', 'POST']);
      expect((await send('Keep it, Bea?', one)).asked).toEqual([]);
      expect((await send('Keep it, Cleo?')).asked).toEqual(['GET']);
      expect(taken()).toMatchObject({ text: 'Keep it, Cleo?', choices: buttons });
      const kept = carrier.contents().filter(({ friendlyName }) => friendlyName.startsWith('frontdesk_choices_'));
      expect(kept).toHaveLength(1);
      expect(JSON.stringify(kept)).not.toMatch(/Ana|Bea|Keep/);
    });

    it.each([
      ['is refused', { kind: 'answer', status: 500 }],
      ['hangs', { kind: 'accept-then-hang' }],
      ['talks nonsense', { kind: 'accept-then-say', body: '{}' }],
    ] as const)('are a numbered list in words when the making of the content %s', async (_, how) => {
      carrier.misbehave(how, { where: isAboutContent });
      const { outcome } = await send('Two lines\nKeep it?', gateway(1_000));
      expect(outcome).toMatchObject({ kind: 'accepted' });
      expect(taken()).toMatchObject({ text: 'Two lines\nKeep it?\n\n1. Keep\n2. Move', choices: [] });
      carrier.behave();
      const { outcome: later } = await send('Two lines\nKeep it?', gateway(10_000));
      expect(later).toMatchObject({ kind: 'accepted' });
      expect(taken()).toMatchObject({ text: 'Two lines\nKeep it?', choices: buttons });
    });

    it('are made anew when somebody removed the content', async () => {
      const one = gateway();
      await send('Keep it?', one);
      carrier.removeContent(present(taken().contentSid, 'the content'));
      expect((await send('Keep it?', one)).outcome).toMatchObject({ kind: 'accepted' });
      expect(taken()).toMatchObject({ text: 'Keep it?\n\n1. Keep\n2. Move', choices: [] });
      await send('Keep it?', one);
      expect(taken()).toMatchObject({ choices: buttons });
    });
  });

  it('may take a message outside the window and tell by its receipt that it is closed', async () => {
    carrier.setWindowRefusal('receipt');
    carrier.closeWindow(clinic, patient);
    expect(await gateway().send(message('Hello', []))).toMatchObject({ kind: 'accepted' });
    await carrier.settled();
    carrier.setWindowRefusal('answer');
    const { body } = present(carrier.deliveries.at(-1)?.tries[0], 'the receipt');
    expect(readTwilioStatus(parseTwilioForm(body)).content).toMatchObject({ status: 'failed', errorCode: '63016' });
  });

  describe('a template', () => {
    const templates = () => twilioTemplates(settingsOf(carrier));
    let unused = 0;
    const another = (change: Partial<typeof template> = {}) => ({ ...template, name: `notice_${unused++}`, ...change });
    const find = ({ orgId, account, name, language }: typeof template, externalId: string | null = null) =>
      templates().find({ orgId, account, name, language, externalId });

    it('is submitted with its examples and its class, and found by its name or its id', async () => {
      const wanted = another({ category: 'utility' });
      expect(await find(wanted)).toBeNull();
      const standing = await templates().submit(wanted);
      expect(standing).toEqual({
        category: 'utility',
        externalId: expect.stringMatching(/^HX/),
        state: 'submitted',
        reason: null,
      });
      expect(await find(wanted)).toEqual(standing);
      expect(await find({ ...wanted, name: 'other' }, standing.externalId)).toEqual(standing);
      const [kept] = carrier.contents().filter(({ sid }) => sid === standing.externalId);
      expect(kept).toMatchObject({
        language: 'en',
        variables: { '1': 'Ana', '2': 'Tuesday' },
        approval: { category: 'UTILITY', name: expect.stringMatching(/^notice_\d+_[0-9a-f]{16}$/) },
      });
    });

    it('tells how far it is, and why it was rejected', async () => {
      const wanted = another();
      const { externalId } = await templates().submit(wanted);
      await carrier.approveTemplate(externalId);
      expect(await find(wanted)).toMatchObject({ state: 'approved', reason: null });
      await carrier.pauseTemplate(externalId);
      expect(await find(wanted)).toMatchObject({ state: 'paused' });
      await carrier.disableTemplate(externalId);
      expect(await find(wanted)).toMatchObject({ state: 'disabled' });
      await carrier.rejectTemplate(externalId, 'It is too vague.');
      expect(await find(wanted)).toMatchObject({ state: 'rejected', reason: 'It is too vague.' });
    });

    it('of the same name is another one in another clinic, or another language', async () => {
      const wanted = another();
      const made = [wanted, { ...wanted, orgId: newId() }, { ...wanted, language: 'es' }];
      const sids = await Promise.all(made.map(async (each) => (await templates().submit(each)).externalId));
      expect(new Set(sids).size).toBe(3);
      expect((await find(wanted))?.externalId).toBe(sids[0]);
    });

    it.each(['/Content', '/ApprovalRequests/whatsapp'])(
      'is submitted once when the answer of %s is lost',
      async (path) => {
        const wanted = another();
        carrier.misbehave(
          { kind: 'accept-then-fail' },
          { times: 1, where: (request) => request.method === 'POST' && request.path.endsWith(path) },
        );
        await expect(templates().submit(wanted)).rejects.toMatchObject({ kind: 'transient' });
        const found = await find(wanted);
        expect(found === null).toBe(path === '/Content');
        expect(await templates().submit(wanted)).toMatchObject({ state: 'submitted' });
        const { length } = carrier.contents().filter(({ friendlyName }) => friendlyName.startsWith(wanted.name));
        expect(length).toBe(1);
      },
    );

    it('with other words takes the place of the one that was rejected', async () => {
      const wanted = another();
      const { externalId } = await templates().submit(wanted);
      await carrier.rejectTemplate(externalId);
      const again = await templates().submit({ ...wanted, body: 'Hello {{1}}, we see you on {{2}} then.' });
      expect(again).toMatchObject({ state: 'submitted' });
      expect(again.externalId).not.toBe(externalId);
      expect(await find(wanted, externalId)).toBeNull();
    });

    it('that Twilio does not take is a final no in its words', async () => {
      carrier.refuseRequests(92000, { times: 1, where: ({ method }) => method === 'POST' });
      const failed = templates().submit(another());
      await expect(failed).rejects.toMatchObject({ kind: 'permanent', message: 'Invalid request (Twilio 92000)' });
    });

    it('rings for its registration when WhatsApp has decided, and the bell is signed', async () => {
      const { externalId } = await templates().submit(another());
      const before = carrier.deliveries.length;
      await carrier.rejectTemplate(externalId, 'It is too vague.', { copies: 2 });
      const rung = carrier.deliveries.slice(before).map(({ tries }) => present(tries[0], 'the first try'));
      expect(rung.map(({ body }) => readTwilioSenderStatus(parseTwilioForm(body)))).toEqual(
        rung.map(() =>
          expect.objectContaining({
            addressee: { by: 'registration', provider: 'twilio', subject: 'whatsapp-template', externalId },
            content: { kind: 'registration-report', news: { status: 'rejected', reasons: ['It is too vague.'] } },
          }),
        ),
      );
    });
  });

  describe('a sender', () => {
    const senders = () => twilioSenders({ ...settingsOf(carrier), publicWebhookUrl });
    let unused = 0;
    const another = () => present(parsePhoneNumber(`+1480555${String(2_000 + unused++)}`), 'the number');

    it('is registered with our webhooks, and comes online when Twilio says so', async () => {
      const number = another();
      expect(await senders().find(number)).toBeNull();
      const made = await senders().create({ number, displayName: 'Glow Spa' });
      expect(made).toEqual({ externalId: expect.stringMatching(/^XE/), status: 'creating', reason: null });
      expect(carrier.senders().find((each) => each.number === number)).toMatchObject({
        displayName: 'Glow Spa',
        wabaId: null,
        callbackUrl: `${publicWebhookUrl}/webhooks/twilio/messages#rc=5&rp=5xx,ct,rt`,
        statusCallbackUrl: `${publicWebhookUrl}/webhooks/twilio/senders#rc=5&rp=5xx,ct,rt`,
      });
      await carrier.moveSender(number, 'ONLINE');
      expect(await senders().find(number)).toEqual({ ...made, status: 'online' });
      await senders().remove(made.externalId);
      await senders().remove(made.externalId);
      expect(await senders().find(number)).toBeNull();
    });

    it.each([
      ['VERIFYING', [], { status: 'creating', reason: null }],
      ['PENDING_VERIFICATION', [], { status: 'creating', reason: expect.stringContaining('code') }],
      ['ONLINE:UPDATING', [], { status: 'online', reason: null }],
      [
        'OFFLINE',
        [{ code: '63112', message: 'Disabled by Meta' }],
        { status: 'offline', reason: 'Disabled by Meta 63112' },
      ],
    ] as const)('that is %s says so', async (status, reasons, told) => {
      const number = another();
      await senders().create({ number, displayName: 'Glow Spa' });
      await carrier.moveSender(number, status, { reasons });
      expect(await senders().find(number)).toMatchObject(told);
    });

    it('is found after its answer was lost, however many there are', async () => {
      const number = another();
      carrier.misbehave({ kind: 'accept-then-reset' }, { times: 1 });
      const sender = { number, displayName: 'Glow Spa' };
      await expect(senders().create(sender)).rejects.toMatchObject({ kind: 'transient' });
      for (let n = 0; n < 100; n++) await senders().create({ ...sender, number: another() });
      expect(await senders().find(number)).toMatchObject({ status: 'creating' });
    });

    it('rings for its registration', async () => {
      const number = another();
      const { externalId } = await senders().create({ number, displayName: 'Glow Spa' });
      await carrier.moveSender(number, 'OFFLINE', { reasons: [{ code: '63112', message: 'Disabled by Meta' }] });
      const { url, body, headers } = present(carrier.deliveries.at(-1)?.tries[0], 'the webhook');
      expect(url).toBe(`${publicWebhookUrl}/webhooks/twilio/senders`);
      expect(readTwilioSenderStatus(parseTwilioForm(body))).toMatchObject({
        addressee: { by: 'registration', provider: 'twilio', subject: 'whatsapp-sender', externalId },
        content: { news: { status: 'OFFLINE', reasons: ['Disabled by Meta'] } },
      });
      const verify = createTwilioVerifier({ authToken: 'token-1', publicWebhookUrl });
      expect(await verify(Buffer.from(body), headers, '/webhooks/twilio/senders')).toBe('valid');
    });
  });
});
