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

describe('a text that comes again', () => {
  it('with the same ids has no effect', async () => {
    const from = newNumber();
    const event = received({ from, to: to(), text: 'once' });
    const answers = [await desk.telnyx(event), await desk.telnyx(event)];
    expect(answers.map(({ status, body }) => [status, body.result])).toEqual([
      [200, 'accepted'],
      [200, 'duplicate'],
    ]);
    expect(await rows.texts(from)).toHaveLength(1);
    expect(await typesOf(from)).toHaveLength(1);
  });

  it('as the same message in another event has no effect', async () => {
    const from = newNumber();
    const messageId = newId();
    await desk.telnyx(received({ from, to: to(), text: 'once', messageId }));
    const answer = await desk.telnyx(received({ from, to: to(), text: 'once', messageId }));
    expect(answer.body.result).toBe('duplicate');
    expect(await rows.texts(from)).toHaveLength(1);
  });

  it('many times at once takes effect once', async () => {
    const from = newNumber();
    const event = received({ from, to: to(), text: 'all together' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => desk.telnyx(event)));
    expect(answers.filter(({ body }) => body.result === 'accepted')).toHaveLength(1);
    expect(answers.filter(({ body }) => body.result === 'duplicate')).toHaveLength(9);
    expect(await rows.texts(from)).toHaveLength(1);
    expect(await typesOf(from)).toHaveLength(1);
  });

  it('under two ids within moments is known by its words', async () => {
    const from = newNumber();
    await Promise.all([1, 2].map(() => desk.telnyx(received({ from, to: to(), text: 'the same' }))));
    expect((await rows.texts(from)).map(({ handled_by: by }) => by)).toEqual([null, 'duplicate']);
    expect(await typesOf(from)).toEqual(['conversation.text-received.v1']);
  });

  it('under two ids at two instances at once is known by its words', async () => {
    const twin = await startDesk(database, { clock: () => now });
    try {
      for (let round = 0; round < 10; round++) {
        const from = newNumber();
        await Promise.all(
          [desk, twin].map((instance) => instance.telnyx(received({ from, to: to(), text: 'the same' }))),
        );
        expect((await rows.texts(from)).map(({ handled_by: by }) => by)).toEqual([null, 'duplicate']);
        expect(await typesOf(from)).toHaveLength(1);
      }
    } finally {
      await twin.close();
    }
  });

  it('without words is told apart by its id alone: two pictures are two texts', async () => {
    const from = newNumber();
    await Promise.all([1, 2].map(() => desk.telnyx(received({ from, to: to(), text: '' }))));
    expect((await rows.texts(from)).map(({ handled_by: by }) => by)).toEqual([null, null]);
  });

  it('after a while is an honest repeat', async () => {
    const from = newNumber();
    await desk.telnyx(received({ from, to: to(), text: 'ok' }));
    now = now.add({ milliseconds: 3_001 });
    await desk.telnyx(received({ from, to: to(), text: 'ok' }));
    expect((await rows.texts(from)).map(({ handled_by: by }) => by)).toEqual([null, null]);
    expect(await typesOf(from)).toHaveLength(2);
  });
});
