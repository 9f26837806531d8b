import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { newNumber, rowsOf, startDesk, type Desk } from './desk.ts';
import { received } from './webhooks.ts';

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await createTestDatabase();
  desk = await startDesk(database);
  await database.owner.query(`
    create function refuse_poison() returns trigger language plpgsql as $$
    begin raise exception 'poison' using errcode = 'check_violation'; end $$;
    create trigger refuse_poison before insert on inbound_messages for each row when (new.body = 'poison')
      execute function refuse_poison()`);
});

afterAll(async () => {
  await desk.close();
  await database.close();
});

describe('a webhook that the database refuses', () => {
  it('fails alone: those that came with it are stored, it leaves nothing', async () => {
    const clinic = await createTestClinic(database.owner);
    const rows = rowsOf(database);
    const poison = received({ from: newNumber(), to: clinic.location.number, text: 'poison', messageId: newId() });
    const texts = Array.from({ length: 40 }, (_, n) =>
      n % 10 === 5
        ? {
            ...poison,
            data: { ...poison.data, id: newId(), payload: { ...poison.data.payload, id: newId(), from: newNumber() } },
          }
        : received({ from: newNumber(), to: clinic.location.number, text: `hello ${n}` }),
    );
    const answers = await Promise.all(texts.map((event) => desk.telnyx(event)));
    expect(answers.map(({ status }) => status)).toEqual(texts.map((_, n) => (n % 10 === 5 ? 503 : 200)));
    expect(await rows.count('inbound_messages')).toBe(36);
    expect(await rows.count('webhook_events')).toBe(36);
    expect(await rows.count('outbox')).toBe(36);
    expect(await rows.count('contacts')).toBe(36);
  });
});

describe('many webhooks at once', () => {
  it('at two instances, of known and new people of two clinics, are each stored once', async () => {
    const twin = await startDesk(database);
    try {
      const clinics = [await createTestClinic(database.owner), await createTestClinic(database.owner)];
      const people = Array.from({ length: 15 }, newNumber);
      const sent = Array.from({ length: 150 }, (_, n) =>
        received({ from: String(people[n % 15]), to: String(clinics[n % 2]?.location.number), text: `text ${n}` }),
      );
      const twice = sent.flatMap((event) => [desk.telnyx(event), twin.telnyx(event)]);
      const answers = await Promise.all(twice);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(answers.filter(({ body }) => body.result === 'accepted')).toHaveLength(150);
      const { rows } = await database.owner.query(
        `select count(*)::int as texts, count(distinct body)::int as words,
           count(distinct conversation_id)::int as conversations
         from inbound_messages where org_id = any ($1)`,
        [clinics.map(({ id }) => id)],
      );
      expect(rows).toEqual([{ texts: 150, words: 150, conversations: 30 }]);
    } finally {
      await twin.close();
    }
  });
});
