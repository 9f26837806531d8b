import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, nullLogger, type Id } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { createIngress, type Ingress } from '../src/ingress.ts';
import { createIngressPool } from '../src/postgres/ingress-pool.ts';
import { addSender, newNumber, rowsOf, startDesk, type Desk } from './desk.ts';
import { carriers, storedId, textCarriers } from './carriers.ts';
import { metaBody, metaEntry, metaTemplateUpdate } from './meta-webhooks.ts';
import {
  metaAppSecret,
  metaVerifyToken,
  publicWebhookUrl,
  squareSignatureKey,
  telnyxPublicKey,
  twilioAuthToken,
} from './signing.ts';
import { receipt, received } from './webhooks.ts';

let database: TestDatabase;
let desk: Desk;
let instances: Ingress[];
let closePools: () => Promise<unknown>;
let clinic: ClinicDefinition;
let rows: ReturnType<typeof rowsOf>;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = await startDesk(database);
  rows = rowsOf(database);
  const pools = [1, 2].map(() => createIngressPool({ url: database.appUrl, statementTimeoutMs: 5_000 }));
  const options = {
    telnyxPublicKey,
    twilioAuthToken,
    meta: { appSecret: metaAppSecret, verifyToken: metaVerifyToken },
    squareSignatureKey,
    publicWebhookUrl,
    logger: nullLogger,
    onCommit: () => {},
  };
  instances = pools.map((pool) => createIngress({ ...options, pool }));
  closePools = () => Promise.all(pools.map((pool) => pool.end()));
});
afterAll(async () => {
  await desk.close();
  await closePools();
  await database.close();
});
beforeEach(async () => {
  clinic = await createTestClinic(database.owner);
  await addSender(database, clinic);
});

type Mode = { again?: boolean; effects?: 'withheld' | 'allowed' };

/** Asks for a replay as operators do, lets both instances look for it at once, and says what came of it. */
async function replay(externalId: string, { again = false, effects = 'withheld' }: Mode = {}) {
  const operator = database.asOperator();
  const [asked] = await operator.query<{ number: number }>`
    insert into webhook_replays (webhook_event_id, requested_by, again, effects, requested_at)
    select id, 'ada', ${again}, ${effects}, now() from webhook_events where external_id = ${externalId}
    returning number::int`;
  await Promise.all(instances.map(({ replayWebhooks }) => replayWebhooks()));
  const [done] = await operator.query<{ outcome: string }>`
    select outcome from webhook_replays where number = ${asked?.number}`;
  return { number: asked?.number, outcome: done?.outcome };
}

const replayMarks = async (orgId: Id) =>
  (await rows.events({ ...clinic, id: orgId })).map((envelope) => ('replay' in envelope ? envelope.replay : null));

describe.each(textCarriers)('a replayed text over $name', (carrier) => {
  const media = [{ url: 'https://media.example.test/1.jpg', contentType: 'image/jpeg' }];

  it.each([
    ['withheld', [null, 'withheld'], ['queued', 'refused']],
    ['allowed', [null, null], ['queued', 'queued']],
  ] as const)(
    'with its effects %s is read as it was, and its picture is due accordingly',
    async (effects, by, states) => {
      const [from, messageId] = [newNumber(), newId()];
      await desk.send(carrier.text({ from, to: clinic.location.number, text: 'look', messageId, media }));
      await database.owner.query("update inbound_messages set created_at = created_at - interval '1 hour'");
      const { number } = await replay(storedId(carrier, 'message', messageId), { again: true, effects });
      const texts = await rows.texts(from);
      expect(texts).toMatchObject(
        by.map((handled) => ({ body: 'look', handled_by: handled, attachments: ['picture'] })),
      );
      const files = await rows.media(from);
      expect(files.map(({ state }) => state)).toEqual(states);
      if (effects === 'allowed') return;
      expect(files[1]).toMatchObject({ next_attempt_at: null, reason: 'a replay wrote it, with its effects withheld' });
      const mark = { number, effects };
      const marks = await replayMarks(clinic.id);
      const half = marks.length / 2;
      expect(marks).toEqual([...Array(half).fill(null), ...Array(half).fill(mark)]);
    },
  );
});

describe('a replay of what Meta posted', () => {
  it('takes in again one of the many events of a request, alone', async () => {
    const [ana, ben, messageId] = [newNumber(), newNumber(), `wamid.${newId()}`];
    const to = clinic.location.number;
    await desk.meta(
      metaBody(metaEntry({ from: ana, to, text: 'first', messageId }), metaEntry({ from: ben, to, text: 'second' })),
    );
    await database.owner.query("update inbound_messages set created_at = created_at - interval '1 hour'");
    expect(await replay(messageId)).toMatchObject({ outcome: 'duplicate' });
    expect(await replay(messageId, { again: true, effects: 'allowed' })).toMatchObject({ outcome: 'accepted' });
    expect((await rows.texts(ana)).map(({ body }) => body)).toEqual(['first', 'first']);
    expect(await rows.texts(ben)).toHaveLength(1);
  });

  it('brings parked news to the clinic that asked for it by now', async () => {
    const templateId = String(Math.floor(Math.random() * 1e12));
    await desk.meta(metaTemplateUpdate(templateId, 'APPROVED', Temporal.Now.instant()));
    const { rows: parked } = await database.owner.query<{ external_id: string }>(
      "select external_id from webhook_events where payload::text like '%' || $1 || '%'",
      [templateId],
    );
    await database.owner.query(
      `insert into registrations (org_id, id, subject, provider, external_id, created_at)
       values ($1, gen_random_uuid(), 'whatsapp-template', 'meta', $2, now())`,
      [clinic.id, templateId],
    );
    expect(await replay(String(parked[0]?.external_id), { effects: 'allowed' })).toMatchObject({ outcome: 'accepted' });
    expect((await rows.events(clinic)).map(({ type }) => type)).toEqual(['messaging.registration-due.v1']);
  });
});

describe.each(carriers)('a replayed webhook of $name', (carrier) => {
  it('of another kind goes where such webhooks are read', async () => {
    const [session, messageId] = [newId(), newId()];
    const call = { from: newNumber(), to: clinic.location.number, session };
    await desk.send(carrier.call(carrier.missed, call));
    await desk.send(carrier.receipt('delivered', { from: clinic.location.number, messageId }));
    const { rows: stored } = await database.owner.query<{ external_id: string }>(
      'select external_id from webhook_events where org_id = $1',
      [clinic.id],
    );
    for (const { external_id: id } of stored) expect(await replay(id)).toMatchObject({ outcome: 'duplicate' });
    expect(stored).toHaveLength(2);
  });
});

describe('a replayed webhook', () => {
  it('is a duplicate where it was taken in before, and changes nothing', async () => {
    const from = newNumber();
    const event = received({ from, to: clinic.location.number, text: 'hello' });
    await desk.telnyx(event);
    expect(await replay(event.data.payload['id'] as string)).toMatchObject({ outcome: 'duplicate' });
    expect(await rows.texts(from)).toHaveLength(1);
  });

  it('takes effect once more when that is asked for, and once only, however many instances look', async () => {
    const from = newNumber();
    const event = received({ from, to: clinic.location.number, text: 'hello' });
    await desk.telnyx(event);
    await database.owner.query("update inbound_messages set created_at = created_at - interval '1 hour'");
    const asked = await replay(event.data.payload['id'] as string, { again: true, effects: 'allowed' });
    expect(asked).toMatchObject({ outcome: 'accepted' });
    expect(await rows.texts(from)).toMatchObject([{ handled_by: null }, { handled_by: null }]);
    expect(await replayMarks(clinic.id)).toEqual([null, null]);
  });

  it('leaves no text to answer and marks what follows while its effects are withheld', async () => {
    const from = newNumber();
    const event = received({ from, to: clinic.location.number, text: 'hello' });
    await desk.telnyx(event);
    await database.owner.query("update inbound_messages set created_at = created_at - interval '1 hour'");
    const { number } = await replay(event.data.payload['id'] as string, { again: true });
    expect(await rows.texts(from)).toMatchObject([{ handled_by: null }, { handled_by: 'withheld' }]);
    expect(await replayMarks(clinic.id)).toEqual([null, { number, effects: 'withheld' }]);
  });

  it('goes to the clinic that has its number by now, once', async () => {
    const [from, to] = [newNumber(), newNumber()];
    const event = received({ from, to, text: 'anybody there?' });
    const externalId = event.data.payload['id'] as string;
    expect((await desk.telnyx(event)).body).toEqual({ result: 'parked' });
    expect(await replay(externalId, { effects: 'allowed' })).toMatchObject({ outcome: 'parked' });
    await database.owner.query(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($1, $2, $3, 'profile')`,
      [to, clinic.id, clinic.location.id],
    );
    expect(await replay(externalId, { effects: 'allowed' })).toMatchObject({ outcome: 'accepted' });
    expect(await replay(externalId, { effects: 'allowed' })).toMatchObject({ outcome: 'duplicate' });
    expect(await rows.texts(from)).toMatchObject([{ org_id: clinic.id, handled_by: null }]);
    expect(await rows.webhooks(externalId)).toMatchObject([{ org_id: clinic.id, parked_reason: null }]);
  });

  it('never goes to another clinic that has the number by now', async () => {
    const from = newNumber();
    const event = received({ from, to: clinic.location.number, text: 'it itches again' });
    await desk.telnyx(event);
    const other = await createTestClinic(database.owner);
    await database.owner.query('update phone_numbers set org_id = $1, location_id = $2 where e164 = $3', [
      other.id,
      other.location.id,
      clinic.location.number,
    ]);
    const stored = await rows.count('webhook_events');
    const asked = await replay(event.data.payload['id'] as string, { again: true, effects: 'allowed' });
    expect(asked).toMatchObject({ outcome: 'parked' });
    expect(await rows.texts(from)).toMatchObject([{ org_id: clinic.id }]);
    expect(await rows.count('webhook_events')).toBe(stored);
  });

  it('never opts a person in again who has stopped since', async () => {
    const from = newNumber();
    const start = received({ from, to: clinic.location.number, text: 'START' });
    await desk.telnyx(start);
    await desk.telnyx(received({ from, to: clinic.location.number, text: 'STOP' }));
    await database.owner.query("update inbound_messages set created_at = created_at - interval '1 hour'");
    await replay(start.data.payload['id'] as string, { again: true, effects: 'allowed' });
    expect(await rows.optedOut(clinic, from)).toBe(true);
  });

  it('still knows the attempt that its address named', async () => {
    const attempt = '0199d5a0-0000-7000-8000-0000000000aa';
    const event = receipt({ from: clinic.location.number, status: 'delivered' });
    await desk.telnyx(event, `/webhooks/telnyx/messages?attempt=${attempt}`);
    expect(await replay(event.data.id, { again: true, effects: 'allowed' })).toMatchObject({ outcome: 'accepted' });
    const reports = await rows.events(clinic);
    expect(reports.map(({ data }) => data['attemptId'])).toEqual([attempt, attempt]);
  });
});
