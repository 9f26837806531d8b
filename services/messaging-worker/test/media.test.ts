import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaReceivedV1 } from '@frontdesk/contracts';
import { inTenants } from '@frontdesk/db';
import { newId, present, type Id } from '@frontdesk/kernel';
import { startTwilioSimulator } from '@frontdesk/simulators';
import { until, type TestPerson } from '@frontdesk/testkit';
import { crashAt } from './crash-at.ts';
import { openDesk, type Desk } from './desk.ts';
import { startFileHost, type FileHost } from './file-host.ts';

let desk: Desk;
let files: FileHost;
beforeAll(async () => {
  [desk, files] = await Promise.all([openDesk(), startFileHost()]);
});
afterAll(async () => {
  await files.stop();
  await desk.close();
});

/** Files of Twilio come from a host that stands in for it; texts leave by Telnyx. */
const settings = () => ({
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_BASE_URL: files.url,
  SWEEP_EVERY_MS: '50',
});
const picture = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
  Buffer.from('JFIF'),
  Buffer.alloc(512, 7),
]);

type Stored = { id: Id; messageId: Id };

/** A text with a picture, as ingress writes it. */
async function textWithFile(
  person: TestPerson,
  url: string,
  provider: 'telnyx' | 'twilio' = 'twilio',
): Promise<Stored> {
  const [id, messageId] = [newId(), newId()];
  await inTenants(desk.server.owner, [desk.clinic.id], async (client) => {
    await client.query(
      `insert into inbound_messages (org_id, id, conversation_id, from_number, to_number, body, digest, provider,
         provider_message_id, received_at, attachments) values ($1, $2, $3, $4, $5, '', '', $6, $7, now(), '{picture}')`,
      [desk.clinic.id, messageId, person.conversationId, person.phone, desk.clinic.location.number, provider, newId()],
    );
    await client.query(
      `insert into inbound_media (org_id, id, message_id, ordinal, provider, url, next_attempt_at, created_at, state_at)
       values ($1, $2, $3, 0, $4, $5, now(), now(), now())`,
      [desk.clinic.id, id, messageId, provider, url],
    );
  });
  return { id, messageId };
}

const announce = ({ id }: Stored) => desk.announce(MediaReceivedV1, { mediaId: id });
async function rowOf({ id }: Stored) {
  const { rows } = await desk.server.owner.query<{
    state: string;
    content_type: string | null;
    bytes: number | null;
    attempts: number;
    reason: string | null;
    storage_key: string;
  }>('select * from inbound_media where id = $1', [id]);
  return rows[0];
}
const isIn = async (state: string, file: Stored) => (await rowOf(file))?.state === state;
const pathOf = ({ id, messageId }: Stored) => join(desk.mediaFolder, desk.clinic.id, messageId, id);
const kept = (file: Stored) => readFile(pathOf(file)).catch(() => null);

describe('a picture that came with a text', () => {
  it('is fetched and kept when its event comes', async () => {
    const file = await textWithFile(await desk.person(), files.add(picture));
    await desk.withWorker(
      async () => {
        await announce(file);
        await until('the picture is stored', () => isIn('stored', file));
      },
      { ...settings(), SWEEP_EVERY_MS: '600000' },
    );
    expect(await rowOf(file)).toMatchObject({
      content_type: 'image/jpeg',
      bytes: picture.length,
      attempts: 1,
      reason: null,
    });
    expect(await kept(file)).toEqual(picture);
  });

  it('is fetched once, however often its event comes', async () => {
    const url = files.add(picture);
    const file = await textWithFile(await desk.person(), url);
    await desk.withWorker(async () => {
      await announce(file);
      await until('the picture is stored', () => isIn('stored', file));
      desk.deliverTimes(3, MediaReceivedV1, { mediaId: file.id });
      await until('an empty queue', desk.queueIsEmpty);
    }, settings());
    expect(files.asked(url)).toBe(1);
  });

  it('is found by the sweep when its event is lost', async () => {
    const file = await textWithFile(await desk.person(), files.add(picture));
    await desk.withWorker(() => until('the picture is stored', () => isIn('stored', file)), settings());
    expect(await kept(file)).toEqual(picture);
  });

  it('over Twilio is asked for with the account, and followed to where it lies', async () => {
    const twilio = await startTwilioSimulator({
      webhookUrls: { messages: `${files.url}/texts`, voice: files.url, voiceStatus: files.url },
    });
    const person = await desk.person();
    const media = [{ contentType: 'image/jpeg', bytes: picture }];
    await twilio.receiveText({ from: person.phone, to: desk.clinic.location.number, text: '', media });
    const file = await textWithFile(person, String(files.posted.at(-1)?.get('MediaUrl0')));
    await desk.withWorker(() => until('the picture is stored', () => isIn('stored', file)), {
      ...settings(),
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: twilio.authToken,
      TWILIO_BASE_URL: twilio.apiUrl,
    });
    expect(await kept(file)).toEqual(picture);
    await twilio.stop();
  });

  it('is asked for again while the carrier has no time', async () => {
    const file = await textWithFile(await desk.person(), files.add(picture, { failures: 1 }));
    await desk.withWorker(() => until('the picture is stored', () => isIn('stored', file)), settings());
    expect(await rowOf(file)).toMatchObject({ attempts: 2, reason: null });
  });

  it('that the carrier has no more is given up, with the reason', async () => {
    const file = await textWithFile(await desk.person(), `${files.url}/nowhere`);
    await desk.withWorker(() => until('the picture is gone', () => isIn('gone', file)), settings());
    expect(await rowOf(file)).toMatchObject({ attempts: 1, reason: 'the carrier has it no more (http-404)' });
  });

  it.each([
    [
      'a page that calls itself a picture',
      () => files.add(Buffer.from('<html><script>1</script></html>')),
      /no picture/,
    ],
    [
      'more than is kept',
      () => files.add(Buffer.concat([picture, Buffer.alloc(10_485_760)])),
      /more than 10485760 bytes/,
    ],
    ['a file inside of our own network', () => 'https://169.254.169.254/latest/meta-data', /no public address/],
  ])('that is %s is refused, with the reason', async (_, urlOf, reason) => {
    const file = await textWithFile(await desk.person(), urlOf());
    await desk.withWorker(() => until('the picture is refused', () => isIn('refused', file)), settings());
    expect((await rowOf(file))?.reason).toMatch(reason);
    expect(await kept(file)).toBeNull();
  });

  it('waits for a store that takes nothing', async () => {
    const file = await textWithFile(await desk.person(), files.add(picture));
    const inTheWay = join(desk.mediaFolder, desk.clinic.id);
    await rm(inTheWay, { recursive: true, force: true });
    await writeFile(inTheWay, 'a file where a folder should be');
    await desk.withWorker(async () => {
      await until('a try that failed', async () => (await rowOf(file))?.reason != null);
      expect(await rowOf(file)).toMatchObject({ state: 'queued', reason: 'store-Error' });
      await rm(inTheWay);
      await until('the picture is stored', () => isIn('stored', file));
    }, settings());
    expect(await kept(file)).toEqual(picture);
  });

  it('keeps no text waiting, however slow the carrier gives it out', async () => {
    const person = await desk.person();
    const slow = await Promise.all(
      Array.from({ length: 50 }, async () => textWithFile(await desk.person(), files.add(picture, { held: true }))),
    );
    await desk.withWorker(
      async () => {
        for (const file of slow) await announce(file);
        await until('the carrier is asked', () => files.waiting() > 0);
        const id = present((await desk.request(person, 'hello'))[0], 'the text');
        await until('the text is sent', async () => (await desk.text(id))?.state === 'sent');
        await until('as many as are fetched at once', () => files.waiting() === 4);
        files.release();
        for (const file of slow) await until('the picture is stored', () => isIn('stored', file));
      },
      { ...settings(), SWEEP_EVERY_MS: '600000' },
    );
    expect(desk.received(person)).toHaveLength(1);
  });
});

describe('a worker that dies with a picture in the store', () => {
  it('leaves a row that is due again, and the second try writes over the first', async () => {
    const url = files.add(picture);
    const file = await textWithFile(await desk.person(), url);
    await announce(file);
    await crashAt({ ...desk.environment, ...settings() }, 'media.after-store');
    expect(await rowOf(file)).toMatchObject({ state: 'queued', attempts: 1 });
    expect(await kept(file)).toEqual(picture);
    await desk.server.owner.query(
      "update inbound_media set next_attempt_at = now() - interval '1 minute' where id = $1",
      [file.id],
    );
    await desk.withWorker(() => until('the picture is stored', () => isIn('stored', file)), settings());
    expect(await rowOf(file)).toMatchObject({ attempts: 2 });
    expect(await readdir(join(pathOf(file), '..'))).toEqual([file.id]);
  });
});

describe('a picture whose row is deleted', () => {
  const ways: [string, (file: Stored, person: TestPerson) => Promise<unknown>][] = [
    ['with its text', ({ messageId }) => inClinic('delete from inbound_messages where id = $1', messageId)],
    ['with its person', (_, { phone }) => desk.erase(phone)],
  ];

  it.each(ways)('is deleted from the store: %s', async (_, remove) => {
    const person = await desk.person();
    const file = await textWithFile(person, files.add(picture));
    await desk.withWorker(async () => {
      await until('the picture is stored', () => isIn('stored', file));
      await remove(file, person);
      await until('the picture is deleted', async () => (await kept(file)) === null);
      await until('nothing is left to delete', async () => (await discarded(file)) === 0);
    }, settings());
    expect(await rowOf(file)).toBeUndefined();
  });

  it.each(ways)('while it is fetched is deleted once it came: %s', async (_, remove) => {
    const person = await desk.person();
    const file = await textWithFile(person, files.add(picture, { held: true }));
    await desk.withWorker(async () => {
      await until('the carrier is asked', () => files.waiting() > 0);
      await remove(file, person);
      files.release();
      await until('the picture came', async () => (await kept(file)) !== null);
      expect(await discarded(file)).toBe(1);
      await inClinic('update discarded_media set next_attempt_at = now() where id = $1', file.id);
      await until('the picture is deleted', async () => (await kept(file)) === null);
      await until('nothing is left to delete', async () => (await discarded(file)) === 0);
    }, settings());
    expect(await rowOf(file)).toBeUndefined();
  });
});

const inClinic = (sql: string, id: Id) =>
  inTenants(desk.server.owner, [desk.clinic.id], (client) => client.query(sql, [id]));

async function discarded({ id }: Stored): Promise<number> {
  const { rows } = await desk.server.owner.query('select from discarded_media where id = $1', [id]);
  return rows.length;
}
