import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaReceivedV1, WhatsAppTextReceivedV1 } from '@frontdesk/contracts';
import { inTenants } from '@frontdesk/db';
import { newId, present, sealToken, type Id } from '@frontdesk/kernel';
import { readMetaEvents } from '@frontdesk/providers/meta-webhooks';
import { startMetaSimulator, type MetaSimulator, type MetaTextReceived } from '@frontdesk/simulators';
import { testTokenKeys, until } from '@frontdesk/testkit';
import { openDesk, type Desk } from './desk.ts';

const phoneNumberId = '1060000000000';
const picture = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
  Buffer.from('JFIF'),
  Buffer.alloc(512, 7),
]);

let desk: Desk;
let meta: MetaSimulator;
beforeAll(async () => {
  desk = await openDesk();
  const { number } = desk.clinic.location;
  meta = await startMetaSimulator({
    webhookUrl: 'http://127.0.0.1:9',
    retryGapsMs: [],
    accounts: [{ wabaId: '2000000000000', numbers: [{ phoneNumberId, number }], token: 'EAA-of-the-clinic' }],
  });
  const { sealed, keyId } = sealToken('EAA-of-the-clinic', desk.clinic.id, testTokenKeys);
  await desk.server.owner.query(
    `insert into whatsapp_senders (org_id, id, location_id, provider, e164, phone_number_id, waba_id, state, token,
       token_key_id, created_at, state_at)
     values ($1, $2, $3, 'meta', $4, $5, '2000000000000', 'online', $6, $7, now(), now())`,
    [desk.clinic.id, newId(), desk.clinic.location.id, number, phoneNumberId, sealed, keyId],
  );
});
afterAll(async () => {
  await meta.stop();
  await desk.close();
});

const settings = () => ({
  META_GRAPH_URL: meta.graphUrl,
  TOKEN_KEYS: [...testTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(','),
});

/** A text as Meta tells of it, and ingress writes it. */
async function textOf(text: Partial<MetaTextReceived> = {}, receivedAt = Temporal.Now.instant()) {
  const person = await desk.person();
  await meta.receiveText({ from: person.phone, to: desk.clinic.location.number, text: 'hello', ...text });
  const posted = present(meta.deliveries.at(-1)?.tries[0], 'what Meta posted').body;
  const { content } = present(readMetaEvents(JSON.parse(posted))[0], 'the text in it');
  if (content.kind !== 'text') throw new Error('Meta told of no text');
  const [id, mediaId] = [newId(), newId()];
  await inTenants(desk.server.owner, [desk.clinic.id], async (client) => {
    await client.query(
      `insert into inbound_messages (org_id, id, conversation_id, channel, from_number, to_number, body, digest, provider,
         provider_message_id, received_at) values ($1, $2, $3, 'whatsapp', $4, $5, '', '', 'meta', $6, $7)`,
      [
        desk.clinic.id,
        id,
        person.conversationId,
        person.phone,
        desk.clinic.location.number,
        content.messageId,
        receivedAt.toString(),
      ],
    );
    for (const { url } of content.media) {
      await client.query(
        `insert into inbound_media (org_id, id, message_id, ordinal, provider, url, next_attempt_at, created_at, state_at)
         values ($1, $2, $3, 0, 'meta', $4, now(), now(), now())`,
        [desk.clinic.id, mediaId, id, url],
      );
    }
  });
  return { id, mediaId, messageId: content.messageId, phone: person.phone };
}

const ring = (id: Id) => desk.announce(WhatsAppTextReceivedV1, { messageId: id });
const seen = (wamid: string) => meta.seen.filter(({ messageId }) => messageId === wamid);
const asked = () => meta.requests.filter(({ path }) => path.endsWith(`/${phoneNumberId}/messages`)).length;

describe('a text on WhatsApp', () => {
  it('is marked as read, with the sign that somebody writes, once however often its event comes', async () => {
    const text = await textOf();
    await desk.withWorker(async () => {
      desk.deliverTimes(3, WhatsAppTextReceivedV1, { messageId: text.id });
      await until('the text is marked', () => seen(text.messageId).length > 0);
      await until('an empty queue', desk.queueIsEmpty);
    }, settings());
    expect(seen(text.messageId)).toEqual([{ messageId: text.messageId, typing: true }]);
  });

  it('is left unmarked when Meta has no time, without another try, and the next one is marked', async () => {
    const [text, next] = [await textOf(), await textOf()];
    await desk.withWorker(async () => {
      const before = asked();
      meta.misbehave({ kind: 'answer', status: 500 }, { times: 1 });
      await ring(text.id);
      await until('Meta was asked', () => asked() > before);
      await ring(next.id);
      await until('the next one is marked', () => seen(next.messageId).length > 0);
      await until('an empty queue', desk.queueIsEmpty);
      expect(asked()).toBe(before + 2);
    }, settings());
    expect(seen(text.messageId)).toEqual([]);
    expect(await desk.parked()).toEqual([]);
  });

  it.each([
    ['came too long ago', async () => (await textOf({}, Temporal.Now.instant().subtract({ minutes: 6 }))).id],
    ['is not there any more', async () => newId()],
  ])('that %s is not marked', async (_, make) => {
    const id = await make();
    const before = asked();
    await desk.withWorker(async () => {
      await ring(id);
      await until('an empty queue', desk.queueIsEmpty);
    }, settings());
    expect(asked()).toBe(before);
    expect(await desk.parked()).toEqual([]);
  });

  it('brings its picture: the id is exchanged for an address, and both are asked for with the clinic’s token', async () => {
    const text = await textOf({ media: [{ contentType: 'image/jpeg', bytes: picture }] });
    const stateOf = async () => {
      const { rows } = await desk.server.owner.query<{ state: string }>(
        'select state from inbound_media where id = $1',
        [text.mediaId],
      );
      return rows[0]?.state;
    };
    await desk.withWorker(async () => {
      await desk.announce(MediaReceivedV1, { mediaId: text.mediaId });
      await until('the picture is stored', async () => (await stateOf()) === 'stored');
    }, settings());
    expect(await readFile(join(desk.mediaFolder, desk.clinic.id, text.id, text.mediaId))).toEqual(picture);
  });
});
