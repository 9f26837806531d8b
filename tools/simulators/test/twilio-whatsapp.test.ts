import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLINIC, PATIENT, startTwilioBench, type TwilioBench } from './twilio-bench.ts';

let now = Temporal.Instant.from('2026-11-20T16:00:00Z');
let bench: TwilioBench;
beforeEach(async () => {
  bench = await startTwilioBench({ clock: () => now, whatsAppNumbers: [CLINIC] });
});
afterEach(() => bench.stop());

const wire = (number: string) => `whatsapp:${number}`;
const send = (more: object = { body: 'Hi' }, from = CLINIC) =>
  bench.client.messages.create({ from: wire(from), to: wire(PATIENT), ...more });
const hear = (more: object = {}) =>
  bench.twilio.receiveText({ channel: 'whatsapp', from: PATIENT, to: CLINIC, text: 'Hello', ...more });

describe('WhatsApp through Twilio', () => {
  it('lets free words through for 24 hours after the person wrote, by its own clock', async () => {
    await expect(send()).rejects.toMatchObject({ status: 400, code: 63016 });
    await hear();
    now = now.add({ hours: 23, minutes: 59 });
    await expect(send()).resolves.toMatchObject({ from: wire(CLINIC), to: wire(PATIENT), status: 'queued' });
    now = now.add({ minutes: 1 });
    await expect(send()).rejects.toMatchObject({ code: 63016 });
  });

  it('sends from numbers on WhatsApp alone', async () => {
    await hear();
    await expect(send({ body: 'Hi' }, '+15125550188')).rejects.toMatchObject({ code: 63007 });
    await bench.twilio.moveSender(CLINIC, 'OFFLINE');
    await expect(send()).rejects.toMatchObject({ code: 63007 });
  });

  it('tells of a message as Twilio does, keyword or not', async () => {
    await hear({ text: 'STOP' });
    await hear({ choice: { id: 'slot-1', title: 'Tue 3 PM', of: 'list' } });
    await hear({ choice: { id: 'keep', title: 'Keep' }, from: 'wa:US.1349000000000000' });
    expect(bench.forms().map(({ form }) => form)).toMatchObject([
      { From: wire(PATIENT), To: wire(CLINIC), WaId: PATIENT.slice(1), ProfileName: 'Ana', Body: 'STOP' },
      { Body: 'Tue 3 PM', ListId: 'slot-1', ListTitle: 'Tue 3 PM' },
      { From: 'whatsapp:US.1349000000000000', Body: 'Keep', ButtonPayload: 'keep', ButtonText: 'Keep' },
    ]);
    expect(bench.forms()[2]?.form).not.toHaveProperty('WaId');
    expect(bench.twilio.autoresponses).toEqual([]);
  });

  it('tells when a message was read', async () => {
    await hear();
    const { sid } = await send({ body: 'Hi', statusCallback: `${bench.app.url}/status?attempt=1` });
    await bench.twilio.settled();
    await bench.twilio.readMessage(sid);
    expect(bench.forms().at(-1)?.form).toMatchObject({ MessageSid: sid, MessageStatus: 'read', EventType: 'READ' });
  });

  it.each([
    ['a content that is none', { contentSid: 'HX1' }, 21655],
    ['variables that cannot be read', { contentVariables: 'Ana' }, 21656],
    ['a variable without a value', { contentVariables: '{"2":"x"}' }, 21656],
  ])('refuses %s', async (_, change, code) => {
    await hear();
    const content = await createContent({ types: { 'twilio/text': { body: 'Hi {{1}}' } } });
    await expect(send({ contentSid: content.sid, ...change })).rejects.toMatchObject({ code });
    await expect(send({ contentSid: content.sid, contentVariables: '{"1":"Ana"}' })).resolves.toMatchObject({
      body: 'Hi Ana',
    });
  });

  it.each([
    [
      'a list of eleven',
      {
        'twilio/list-picker': {
          body: 'b',
          button: 'c',
          items: Array.from({ length: 11 }, () => ({ id: '1', item: 'a' })),
        },
      },
    ],
    ['names as JavaScript writes them', { twilioText: { body: 'b' } }],
    ['nothing', {}],
  ])('takes no content with %s', async (_, types) => {
    await expect(createContent({ types })).rejects.toMatchObject({ status: 400, code: 92000 });
  });

  it('approves templates and brings senders online by itself, where nobody decides', async () => {
    await bench.stop();
    bench = await startTwilioBench({ approveAfterMs: 1 });
    const { sid } = await createContent({ types: { 'twilio/text': { body: 'Hi' } } });
    await post('/v1/Content/' + sid + '/ApprovalRequests/whatsapp', { name: 'hi', category: 'UTILITY' });
    await post('/v2/Channels/Senders', { sender_id: wire('+15125550188'), profile: { name: 'Glow Spa' } });
    await bench.twilio.settled();
    expect(bench.twilio.contents()[0]?.approval.status).toBe('approved');
    expect(bench.twilio.senders()[0]?.status).toBe('ONLINE');
    await expect(send({ contentSid: sid })).resolves.toBeDefined();
  });
});

/** The SDK writes the names of JSON bodies as JavaScript does, which Twilio refuses. */
async function post(path: string, data: object): Promise<{ sid: string }> {
  const headers = { 'Content-Type': 'application/json' };
  const { statusCode, body }: { statusCode: number; body: { sid: string; code: number } } = await bench.client.request({
    method: 'post',
    uri: `https://content.twilio.com${path}`,
    data,
    headers,
  });
  if (statusCode >= 300) throw Object.assign(new Error('refused'), { status: statusCode, code: body.code });
  return body;
}

const createContent = ({ types }: { types: object }) => post('/v1/Content', { language: 'en', types });
