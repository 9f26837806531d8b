import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMetaSimulator, type MetaSimulator } from '../src/index.ts';
import { headerOf, startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const clinic = '+14805550100';
const ana = '+14805550123';
const wabaId = '2000000000001';
const phoneNumberId = '1060000000001';
let now = Temporal.Instant.from('2026-11-20T16:00:00Z');
let app: WebhookReceiver;
let meta: MetaSimulator;

beforeEach(async () => {
  app = await startWebhookReceiver();
  meta = await startMetaSimulator({
    clock: () => now,
    webhookUrl: `${app.url}/webhooks/meta`,
    retryGapsMs: [1, 1],
    accounts: [{ wabaId, numbers: [{ phoneNumberId, number: clinic }], token: 'token-1' }],
  });
});
afterEach(async () => {
  await meta.stop();
  await app.stop();
});

async function call(method: string, path: string, json?: unknown, token = 'token-1') {
  const response = await fetch(`${meta.graphUrl}/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  return { status: response.status, body: await response.json() };
}
const send = (more: object = { type: 'text', text: { body: 'Hi' } }) =>
  call('POST', `${phoneNumberId}/messages`, { messaging_product: 'whatsapp', to: ana.slice(1), ...more });
const template = (more: object = {}) => ({
  type: 'template',
  template: { name: 'visit_reminder', language: { code: 'en_US' }, ...more },
});

describe('the 24 hours of WhatsApp', () => {
  it('begin with each word of a person, and end by the clock', async () => {
    expect(await send()).toMatchObject({ status: 400, body: { error: { code: 131047 } } });
    await meta.receiveText({ from: ana, to: clinic, text: 'Hello' });
    now = now.add({ hours: 23, minutes: 59 });
    expect(await send()).toMatchObject({ status: 200, body: { messages: [{ id: meta.accepted[0]?.id }] } });
    now = now.add({ minutes: 1 });
    expect(await send()).toMatchObject({ body: { error: { code: 131047 } } });
  });

  it('may be told by a receipt alone', async () => {
    meta.setWindowRefusal('receipt');
    expect(await send()).toMatchObject({ status: 200 });
    await meta.settled();
    expect(app.received.map(({ body }) => body).join()).toContain('"code":131047');
  });
});

describe('a template', () => {
  it('leaves once it is approved, with as many values as it has places', async () => {
    const components = [{ type: 'BODY', text: 'See you {{1}}.', example: { body_text: [['today']] } }];
    const asked = { name: 'visit_reminder', language: 'en_US', category: 'UTILITY', components };
    expect(await call('POST', `${wabaId}/message_templates`, asked)).toMatchObject({ body: { status: 'PENDING' } });
    expect(await call('POST', `${wabaId}/message_templates`, asked)).toMatchObject({ status: 400 });
    const value = { components: [{ type: 'body', parameters: [{ type: 'text', text: 'Tuesday' }] }] };
    expect(await send(template(value))).toMatchObject({ body: { error: { code: 132001 } } });
    await meta.approveTemplate('visit_reminder');
    expect(await send(template())).toMatchObject({ body: { error: { code: 132000 } } });
    expect(await send(template(value))).toMatchObject({ status: 200 });
    expect(meta.accepted.at(-1)).toMatchObject({ text: 'See you Tuesday.', template: { values: ['Tuesday'] } });
    await meta.pauseTemplate('visit_reminder');
    expect(await send(template(value))).toMatchObject({ body: { error: { code: 132015 } } });
  });
});

describe('what is not taken', () => {
  const reply = (n: number) => ({ type: 'reply', reply: { id: `${n}`, title: `Choice ${n}` } });
  const buttons = (count: number) => ({
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'Which?' },
      action: { buttons: Array.from({ length: count }, (_, n) => reply(n)) },
    },
  });

  it.each([
    ['a message without words', { type: 'text', text: { body: '' } }, 100],
    ['a text of more than 4,096 characters', { type: 'text', text: { body: 'x'.repeat(4_097) } }, 100],
    ['a kind of message that is not known', { type: 'poll' }, 131051],
    ['four buttons', buttons(4), 100],
  ])('is %s', async (_, more, code) => {
    meta.openWindow(clinic, ana);
    expect(await send(more)).toMatchObject({ body: { error: { code } } });
    expect(await send(buttons(3))).toMatchObject({ status: 200 });
  });

  it('is a request without a token that opens the number, as 190', async () => {
    expect(await call('POST', `${phoneNumberId}/messages`, {}, 'other')).toMatchObject({
      status: 401,
      body: { error: { code: 190, type: 'OAuthException' } },
    });
    meta.revokeTokens(wabaId);
    expect(await send()).toMatchObject({ body: { error: { code: 190 } } });
  });
});

describe('the webhooks of Meta', () => {
  it('are signed over bytes that are nothing but ASCII', async () => {
    await meta.receiveText({ from: ana, to: clinic, text: 'Mañana 🙂 a/b' });
    const [webhook] = app.received;
    if (webhook === undefined) throw new Error('no webhook came');
    const mac = createHmac('sha256', meta.appSecret).update(webhook.body).digest('hex');
    expect(headerOf(webhook, 'x-hub-signature-256')).toBe(`sha256=${mac}`);
    expect(webhook.body).toContain(String.raw`Ma\u00f1ana \ud83d\ude42 a\/b`);
  });

  it('come again, the same, until they are taken', async () => {
    app.answerWith(503, 400);
    await meta.receiveText({ from: ana, to: clinic, text: 'Hello' });
    await meta.settled();
    expect(new Set(app.received.map(({ body }) => body)).size).toBe(1);
    expect(app.received).toHaveLength(3);
  });

  it('bring in one what happened meanwhile, of several people and kinds', async () => {
    await meta.batch(async () => {
      await meta.receiveText({ from: ana, to: clinic, text: 'One' });
      await meta.receiveText({ from: '+14805550124', to: clinic, text: 'Two' });
      await send();
      await meta.updateAccount(wabaId, { event: 'PARTNER_ADDED' });
    });
    expect(app.received).toHaveLength(1);
    const { entry } = JSON.parse(app.received[0]?.body ?? '') as { entry: { changes: { field: string }[] }[] };
    const fields = entry.flatMap(({ changes }) => changes.map(({ field }) => field));
    expect(fields.toSorted()).toEqual(['account_update', 'messages', 'messages', 'messages', 'messages']);
  });

  it('leave out the number of whoever keeps it back, and a message reaches them by their id', async () => {
    meta.hideNumber(ana);
    await meta.receiveText({ from: ana, to: clinic, text: 'Hello' });
    expect(app.received[0]?.body).not.toContain(ana.slice(1));
    const userId = meta.userIdOf(ana);
    expect(app.received[0]?.body).toContain(`"from_user_id":"${userId}"`);
    expect(await send({ to: undefined, recipient: userId, type: 'text', text: { body: 'Hi' } })).toMatchObject({
      body: { contacts: [{ user_id: userId }] },
    });
    expect(meta.accepted.at(-1)).toMatchObject({ to: ana });
  });

  it('tell that a message was read when the person opens it', async () => {
    meta.openWindow(clinic, ana);
    await send();
    await meta.settled();
    await meta.readMessage(meta.accepted[0]?.id ?? '');
    const told = app.received.map(({ body }) => /"status":"(\w+)"/.exec(body)?.[1]);
    expect(told).toEqual(['sent', 'delivered', 'read']);
  });

  it('go nowhere else before that address has shown to be ours, and nowhere once the app is unsubscribed', async () => {
    const callback = { override_callback_uri: `${app.url}/other`, verify_token: 'our words' };
    // This receiver answers everything with an empty 200, which is not the challenge.
    expect(await call('POST', `${wabaId}/subscribed_apps`, callback)).toMatchObject({ status: 400 });
    expect(app.received[0]?.path).toMatch(
      /^\/other\?hub\.mode=subscribe&hub\.challenge=\d+&hub\.verify_token=our\+words$/,
    );
    expect(await call('DELETE', `${wabaId}/subscribed_apps`)).toMatchObject({ body: { success: true } });
    await expect(meta.receiveText({ from: ana, to: clinic, text: 'Hi' })).rejects.toThrow('hears nothing');
  });
});
