import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { newNumber, rowsOf, startDesk, type Desk } from './desk.ts';
import { received } from './webhooks.ts';

let database: TestDatabase;
let desk: Desk;
let clinic: ClinicDefinition;
let rows: ReturnType<typeof rowsOf>;
let now = Temporal.Now.instant();

beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  desk = await startDesk(database, { clock: () => now });
  rows = rowsOf(database);
});

afterAll(async () => {
  await desk.close();
  await database.close();
});

const to = () => clinic.location.number;
const typesOf = (from: string) => rows.eventTypes(clinic, from);

describe('a text to a clinic', () => {
  it('is stored with its person and conversation, announced, and only then answered 200', async () => {
    const from = newNumber();
    const messageId = newId();
    const answer = await desk.telnyx(received({ from, to: to(), text: 'Do you do Botox? 💉', messageId }));
    expect(answer).toEqual({ status: 200, body: { result: 'accepted' } });
    const [text, ...others] = await rows.texts(from);
    expect(others).toEqual([]);
    expect(text).toMatchObject({ org_id: clinic.id, body: 'Do you do Botox? 💉', handled_by: null, to_number: to() });
    const [conversation] = await rows.conversations(from);
    expect(conversation).toMatchObject({ org_id: clinic.id, clinic_number: to() });
    const [event] = (await rows.events(clinic)).filter(({ correlationId }) => correlationId === conversation?.id);
    expect(event).toMatchObject({ type: 'conversation.text-received.v1', data: { conversationId: conversation?.id } });
    expect(await rows.webhooks(messageId)).toMatchObject([{ org_id: clinic.id, kind: 'message.received' }]);
  });

  it('joins the conversation that the person has', async () => {
    const from = newNumber();
    await desk.telnyx(received({ from, to: to(), text: 'Hi' }));
    await desk.telnyx(received({ from, to: to(), text: 'Anybody there?' }));
    expect(await rows.conversations(from)).toHaveLength(1);
    expect((await rows.texts(from)).map(({ body }) => body)).toEqual(['Hi', 'Anybody there?']);
  });

  it('is stored with all others of a burst, in one conversation', async () => {
    const from = newNumber();
    const words = Array.from({ length: 12 }, (_, n) => `part ${n}`);
    await Promise.all(words.map((text) => desk.telnyx(received({ from, to: to(), text }))));
    expect((await rows.texts(from)).map(({ body }) => body).toSorted()).toEqual(words.toSorted());
    expect(await rows.conversations(from)).toHaveLength(1);
    expect(await typesOf(from)).toHaveLength(12);
  });

  it.each([
    ['1,600 characters', 'é'.repeat(1_600)],
    ['nothing but a picture', ''],
    ['blanks', '   '],
    ['emoji alone', '👩🏽‍⚕️💉'],
  ])('of %s is stored as it came', async (_, text) => {
    const from = newNumber();
    expect((await desk.telnyx(received({ from, to: to(), text }))).status).toBe(200);
    expect((await rows.texts(from))[0]?.body).toBe(text);
  });

  it('with characters that the database cannot hold loses those alone', async () => {
    const from = newNumber();
    expect((await desk.telnyx(received({ from, to: to(), text: 'a\u0000b \ud83d c' }))).status).toBe(200);
    expect((await rows.texts(from))[0]?.body).toBe('ab \ufffd c');
  });

  it('reads the recipient also as a bare string', async () => {
    const from = newNumber();
    const event = received({ from, to: to(), text: 'over WhatsApp' });
    const answer = await desk.telnyx({ data: { ...event.data, payload: { ...event.data.payload, to: to() } } });
    expect(answer.body.result).toBe('accepted');
    expect(await rows.texts(from)).toHaveLength(1);
  });

  it('holds no card number in any row', async () => {
    const from = newNumber();
    const messageId = newId();
    await desk.telnyx(received({ from, to: to(), text: 'charge 4111 1111 1111 1111 please', messageId }));
    const [text] = await rows.texts(from);
    expect(text).toMatchObject({ has_card_number: true, handled_by: null });
    expect(text?.body).toBe('charge [card ending 1111] please');
    const [webhook] = await rows.webhooks(messageId);
    expect(JSON.stringify(webhook)).toContain('[card ending 1111]');
    expect(JSON.stringify(webhook)).not.toContain('4111');
  });

  it('moves the conversation to the number last written to, and never back to an older one', async () => {
    const from = newNumber();
    const second = newNumber();
    await database.owner.query(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($1, $2, $3, 'profile')`,
      [second, clinic.id, clinic.location.id],
    );
    await desk.telnyx(received({ from, to: to(), text: 'one' }));
    await desk.telnyx(received({ from, to: second, text: 'two' }));
    expect(await rows.conversations(from)).toMatchObject([{ clinic_number: second }]);
    await desk.telnyx(received({ from, to: to(), text: 'late', received_at: '2020-01-01T00:00:00.000Z' }));
    expect(await rows.conversations(from)).toMatchObject([{ clinic_number: second }]);
  });

  it('never touches another clinic, even for the same person', async () => {
    const other = await createTestClinic(database.owner);
    const from = newNumber();
    await desk.telnyx(received({ from, to: to(), text: 'to A' }));
    await desk.telnyx(received({ from, to: other.location.number, text: 'STOP' }));
    expect((await rows.texts(from)).map(({ org_id: orgId, body }) => [orgId, body])).toEqual([
      [clinic.id, 'to A'],
      [other.id, 'STOP'],
    ]);
    expect(await rows.optedOut(other, from)).toBe(true);
    expect(await rows.optedOut(clinic, from)).toBe(false);
    expect(await rows.conversations(from)).toHaveLength(2);
  });

  it('follows its number to the clinic that has it now', async () => {
    const other = await createTestClinic(database.owner);
    const number = newNumber();
    await database.owner.query(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($1, $2, $3, 'profile')`,
      [number, clinic.id, clinic.location.id],
    );
    await desk.telnyx(received({ from: newNumber(), to: number, text: 'before' }));
    await database.owner.query('update phone_numbers set org_id = $2, location_id = $3 where e164 = $1', [
      number,
      other.id,
      other.location.id,
    ]);
    const ownerOfNext = async () => {
      const from = newNumber();
      await desk.telnyx(received({ from, to: number, text: 'after' }));
      return (await rows.texts(from))[0]?.org_id;
    };
    const deadline = Date.now() + 5_000;
    let owner = await ownerOfNext();
    while (owner !== other.id && Date.now() < deadline) owner = await ownerOfNext();
    expect(owner).toBe(other.id);
  });

  it('to a number of no clinic is kept where people see it', async () => {
    const messageId = newId();
    const from = newNumber();
    const answer = await desk.telnyx(received({ from, to: '+14805550000', text: 'hello?', messageId }));
    expect(answer).toEqual({ status: 200, body: { result: 'parked' } });
    expect(await rows.webhooks(messageId)).toMatchObject([
      { org_id: null, parked_reason: 'no clinic has the number that it was sent to' },
    ]);
    expect(await rows.texts(from)).toEqual([]);
  });

  it('of a staff member is stored and left to people', async () => {
    const [member] = clinic.staff;
    await desk.telnyx(received({ from: String(member?.phone), to: to(), text: 'is it busy?' }));
    expect(await rows.texts(String(member?.phone))).toMatchObject([{ handled_by: 'staff' }]);
    expect(await typesOf(String(member?.phone))).toEqual([]);
  });
});
