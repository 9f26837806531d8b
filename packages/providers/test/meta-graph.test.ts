import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, parsePhoneNumber, PermanentFailure, present, TransientFailure } from '@frontdesk/kernel';
import { metaAccounts, metaMedia, metaReadReceipts, metaTemplates, metaTextGateway } from '@frontdesk/providers/meta';
import { readMetaEvents } from '@frontdesk/providers/meta-webhooks';
import { startMetaSimulator, type MetaSimulator } from '@frontdesk/simulators';

const clinic = present(parsePhoneNumber('+14805550100'), 'the number');
const wabaId = '2000000000001';
const phoneNumberId = '1060000000001';
const token = 'token-1';
let now = Temporal.Instant.from('2026-11-20T16:00:00Z');
let meta: MetaSimulator;

beforeAll(async () => {
  meta = await startMetaSimulator({
    clock: () => now,
    webhookUrl: 'http://127.0.0.1:9/webhooks/meta',
    retryGapsMs: [],
    asksCallbacks: false,
    accounts: [{ wabaId, numbers: [{ phoneNumberId, number: clinic }], token }],
  });
});
afterEach(() => meta.behave());
afterAll(() => meta.stop());

const settings = () => ({ graphUrl: meta.graphUrl, timeoutMs: 5_000 });
const tokenOf = async () => token;

/** What anything that may be asked again does when it gets no good answer. */
const troubles = [
  ['is busy', { kind: 'answer', status: 429 }, TransientFailure],
  ['is broken', { kind: 'answer', status: 500 }, TransientFailure],
  ['hangs up', { kind: 'reset' }, TransientFailure],
] as const;

describe('templates at Meta', () => {
  const templates = () => metaTemplates({ ...settings(), tokenOf });
  const template = {
    orgId: newId(),
    account: wabaId,
    name: 'visit_reminder',
    language: 'en_US',
    category: 'utility' as const,
    body: 'Hi {{1}}, see you on {{2}}.',
    examples: ['Ana', 'Tuesday'],
    choices: [{ id: 'keep', title: 'Keep' }],
  };
  const look = (change: Partial<typeof template> = {}) =>
    templates().find({ ...template, externalId: null, ...change });

  it('are submitted, found by name and language, and approved, rejected and paused by Meta', async () => {
    expect(await look()).toBeNull();
    const submitted = await templates().submit(template);
    expect(submitted).toEqual({
      category: 'utility',
      externalId: expect.stringMatching(/^\d+$/),
      state: 'submitted',
      reason: null,
    });
    expect(meta.templates().at(-1)).toMatchObject({ category: 'UTILITY', body: template.body, buttons: ['Keep'] });
    expect(await look()).toEqual(submitted);
    expect(await look({ language: 'es' })).toBeNull();
    await meta.approveTemplate('visit_reminder');
    expect(await look()).toEqual({ ...submitted, state: 'approved' });
    await meta.rejectTemplate('visit_reminder', 'TAG_CONTENT_MISMATCH');
    expect(await look()).toEqual({ ...submitted, state: 'rejected', reason: 'TAG_CONTENT_MISMATCH' });
    await meta.pauseTemplate('visit_reminder');
    expect(await look()).toMatchObject({ state: 'paused', reason: null });
    const body = meta.deliveries.at(-1)?.tries[0]?.body ?? '';
    expect(readMetaEvents(JSON.parse(body))).toMatchObject([
      { addressee: { by: 'registration', externalId: submitted.externalId }, content: { news: { status: 'PAUSED' } } },
    ]);
  });

  it('are found among more than a page of others', async () => {
    const others = Array.from({ length: 101 }, (_, n) => ({ ...template, name: `many_${n}`, choices: [] }));
    for (const other of others) await templates().submit(other);
    await templates().submit({ ...template, name: 'many' });
    expect(await look({ name: 'many' })).toMatchObject({ state: 'submitted' });
  });

  it('are refused with Meta’s words', async () => {
    const submit = templates().submit({ ...template, name: 'odd', body: 'See you on {{1}}', examples: ['Tuesday'] });
    await expect(submit).rejects.toThrow(PermanentFailure);
    await expect(submit).rejects.toThrow(/start or end of the template/);
  });

  it.each(troubles)('are asked for again when Meta %s', async (_, how, failure) => {
    meta.misbehave(how);
    await expect(look()).rejects.toThrow(failure);
  });
});

describe('an account at Meta', () => {
  const accounts = (change = {}) =>
    metaAccounts({
      ...settings(),
      appId: meta.appId,
      appSecret: meta.appSecret,
      webhook: { url: 'https://desk.example/webhooks/meta', verifyToken: 'our words' },
      ...change,
    });
  const number = present(parsePhoneNumber('+14805550177'), 'the number');
  const signedUp = { wabaId: '3000000000001', phoneNumberId: '3060000000001' };
  const signUp = () => meta.signUp({ ...signedUp, number, displayName: 'Radiance Medspa' });

  it('is connected by the code of a sign-up: token, number, subscription, registration', async () => {
    const business = await accounts().exchangeCode(signUp());
    expect(business.expiresAt?.since(now).total('hours')).toBe(60 * 24);
    const owned = { ...signedUp, token: business.token };
    expect(await accounts().readNumber(owned)).toEqual({
      number,
      displayName: 'Radiance Medspa',
      quality: 'GREEN',
      textsPerSecond: 80,
      peoplePerDay: 250,
    });
    await accounts().subscribe(owned);
    const callback = 'https://desk.example/webhooks/meta';
    expect(meta.subscriptionOf(signedUp.wabaId)).toEqual({ subscribed: true, callback });
    await accounts({ webhook: null }).subscribe(owned);
    expect(meta.subscriptionOf(signedUp.wabaId)).toEqual({ subscribed: true, callback: null });
    await accounts().register({ ...owned, pin: '123456' });
    expect(meta.isRegistered(signedUp.phoneNumberId)).toBe(true);
    await expect(accounts().register({ ...owned, pin: '654321' })).rejects.toThrow(/PIN mismatch/);
    await accounts().unsubscribe(owned);
    expect(meta.subscriptionOf(signedUp.wabaId).subscribed).toBe(false);
  });

  it('is subscribed to later when our address did not answer just then', async () => {
    const asking = await startMetaSimulator({ accounts: [{ wabaId, numbers: [], token }] });
    const webhook = { url: 'http://127.0.0.1:9/webhooks/meta', verifyToken: 'verify-token' };
    const app = { appId: asking.appId, appSecret: asking.appSecret, graphUrl: asking.graphUrl, timeoutMs: 5_000 };
    const subscribed = metaAccounts({ ...app, webhook }).subscribe({ wabaId, token });
    await expect(subscribed).rejects.toBeInstanceOf(TransientFailure);
    await asking.stop();
  });

  it('is not connected by a code that is older than 30 seconds, was used, or never was', async () => {
    const late = signUp();
    now = now.add({ seconds: 30 });
    await expect(accounts().exchangeCode(late)).rejects.toThrow(/code has expired/);
    const used = signUp();
    await accounts().exchangeCode(used);
    await expect(accounts().exchangeCode(used)).rejects.toThrow(/code has been used/);
    await expect(accounts().exchangeCode('AQ')).rejects.toThrow(PermanentFailure);
  });

  it('opens with the token of a code even when nobody says until when', async () => {
    const code = signUp();
    meta.misbehave({ kind: 'answer', status: 500 }, { where: ({ path }) => path.endsWith('/debug_token') });
    expect(await accounts().exchangeCode(code)).toEqual({ token: expect.stringMatching(/^EAA/), expiresAt: null });
  });

  it('tells whether its token still works', async () => {
    const { token: business, expiresAt } = await accounts().exchangeCode(signUp());
    expect(await accounts().inspectToken(business)).toEqual({ expiresAt });
    expect(await accounts().inspectToken(token)).toEqual({ expiresAt: null });
    meta.expireToken(business);
    expect(await accounts().inspectToken(business)).toBeNull();
    await expect(accounts().readNumber({ ...signedUp, token: business })).rejects.toThrow(PermanentFailure);
    await expect(accounts({ appSecret: 'another' }).inspectToken(token)).rejects.toThrow(PermanentFailure);
  });

  it.each(troubles)('is asked again when Meta %s', async (_, how, failure) => {
    meta.misbehave(how);
    await expect(accounts().inspectToken(token)).rejects.toThrow(failure);
    await expect(accounts().subscribe({ wabaId, token })).rejects.toThrow(failure);
  });
});

describe('a message to a person at Meta whose token is refused', () => {
  const to = present(parsePhoneNumber('+14805550123'), 'the number');
  const send = (kept: string, newest: string | Error) => {
    let forgotten = false;
    return metaTextGateway({
      ...settings(),
      tokenOf: async () => {
        if (forgotten && newest instanceof Error) throw newest;
        return forgotten ? String(newest) : kept;
      },
      forgetToken: (_, refused) => {
        forgotten = refused === kept;
      },
    }).send({
      attemptId: newId(),
      channel: 'whatsapp',
      from: clinic,
      to,
      body: 'Hi',
      mediaUrls: [],
      messagingProfileId: phoneNumberId,
      choices: [],
      template: null,
    });
  };

  it('is tried again where the clinic has connected anew meanwhile', async () => {
    expect(await send('old', token)).toEqual({ kind: 'retryable', code: '190', only: 'sender' });
  });

  it('fails where there is no newer one, or none at all', async () => {
    expect(await send('old', 'old')).toMatchObject({ kind: 'refused', code: '190' });
    expect(await send('old', new PermanentFailure('none'))).toMatchObject({ kind: 'refused', code: 'no-token' });
  });

  it('is tried again where nobody can tell whether there is a newer one', async () => {
    const away = new TransientFailure('the database is away');
    expect(await send('old', away)).toEqual({ kind: 'retryable', code: 'no-token', only: 'sender' });
  });
});

describe('a message of a person at Meta', () => {
  const person = '+14805550123';
  const read = (providerMessageId: string) =>
    metaReadReceipts({ ...settings(), tokenOf }).markRead({
      provider: 'meta',
      from: clinic,
      messagingProfileId: phoneNumberId,
      providerMessageId,
    });

  it('is marked as read, with the dots of somebody who writes', async () => {
    const { messageId } = await meta.receiveText({ from: person, to: clinic, text: 'Hi' });
    await read(messageId);
    expect(meta.seen.at(-1)).toEqual({ messageId, typing: true });
    await expect(read('wamid.never')).rejects.toThrow(PermanentFailure);
    meta.misbehave({ kind: 'answer', status: 503 });
    await expect(read(messageId)).rejects.toThrow(TransientFailure);
  });

  describe('with a file', () => {
    const bytes = new Uint8Array([255, 216, 255, 1]);
    const media = () => metaMedia({ ...settings(), tokenOf, standIn: meta.graphUrl });
    async function addressOf(): Promise<string> {
      await meta.receiveText({ from: person, to: clinic, text: '', media: [{ contentType: 'image/jpeg', bytes }] });
      const [event] = readMetaEvents(JSON.parse(meta.deliveries.at(-1)?.tries[0]?.body ?? ''));
      const file = event?.content.kind === 'text' ? event.content.media[0] : undefined;
      return present(file, 'the file').url;
    }
    const fetchFile = (url: string, source = media()) => source.fetch({ provider: 'meta', url });

    it('is fetched with the token of the number that it came to', async () => {
      const outcome = await fetchFile(await addressOf());
      expect(outcome.kind === 'fetched' && [...outcome.bytes]).toEqual([...bytes]);
    });

    it('is fetched again days later, by an address that is asked for anew', async () => {
      const url = await addressOf();
      now = now.add({ hours: 72 });
      expect(await fetchFile(url)).toMatchObject({ kind: 'fetched' });
    });

    it('is gone where Meta has it no more', async () => {
      const url = await addressOf();
      expect(await fetchFile(`${url}0`)).toMatchObject({ kind: 'gone' });
    });

    it('is asked for later without a token, and when Meta has a fault', async () => {
      const url = await addressOf();
      const without = metaMedia({ ...settings(), tokenOf: () => Promise.reject(new Error('none')) });
      expect(await fetchFile(url, without)).toMatchObject({ kind: 'retryable', code: 'no-token' });
      expect(await fetchFile(url, metaMedia({ ...settings(), tokenOf: async () => 'old' }))).toMatchObject({
        kind: 'retryable',
        code: '190',
      });
      meta.misbehave({ kind: 'answer', status: 503 });
      expect(await fetchFile(url)).toMatchObject({ kind: 'retryable' });
    });

    it('is not fetched from anywhere else', async () => {
      expect(await fetchFile('https://graph.facebook.com/1')).toMatchObject({ kind: 'refused' });
      expect(await fetchFile(await addressOf(), metaMedia({ ...settings(), tokenOf }))).toMatchObject({
        kind: 'refused',
      });
    });
  });
});
