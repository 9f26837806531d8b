import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, present } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';

let server: TestDatabase;
beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server.close());

/** Books [from, until) on one day, in minutes after nine, for the practitioner. */
async function setUp() {
  const clinic = await createTestClinic(server.owner);
  const [contact, conversation] = [newId(), newId()];
  const { owner } = server;
  await owner.query('insert into contacts (org_id, id, phone) values ($1, $2, $3)', [
    clinic.id,
    contact,
    '+14805550123',
  ]);
  await owner.query('insert into conversations (org_id, id, contact_id, clinic_number) values ($1, $2, $3, $4)', [
    clinic.id,
    conversation,
    contact,
    clinic.location.number,
  ]);
  const [first, second] = clinic.practitioners.map(({ id }) => id);
  return {
    first: present(first, 'a practitioner'),
    second: present(second, 'a second practitioner'),
    book: (practitioner: string, from: number, until: number, state = 'confirmed') =>
      owner.query(
        `insert into appointments (org_id, id, location_id, practitioner_id, service_id, contact_id, conversation_id,
           starts_at, ends_at, state, hold_expires_at, cause_key)
         values ($1, $2, $3, $4, $5, $6, $7, timestamptz '2026-12-01 09:00Z' + $8 * interval '1 minute',
           timestamptz '2026-12-01 09:00Z' + $9 * interval '1 minute', $10, now(), $11)`,
        [
          clinic.id,
          newId(),
          clinic.location.id,
          practitioner,
          clinic.services[0]?.id,
          contact,
          conversation,
          from,
          until,
          state,
          newId(),
        ],
      ),
  };
}

describe('two visits of one practitioner', () => {
  it.each([
    ['at the same time', 0, 30],
    ['when the new one starts during the old one', 15, 45],
    ['when the new one ends during the old one', -15, 15],
    ['when the new one contains the old one', -15, 45],
    ['when the old one contains the new one', 10, 20],
  ])('cannot overlap %s', async (_, from, until) => {
    const { book, first } = await setUp();
    await book(first, 0, 30);
    await expect(book(first, from, until)).rejects.toThrow(/appointments_no_overlap/);
    await expect(book(first, from, until, 'held')).rejects.toThrow(/appointments_no_overlap/);
  });

  it('may touch', async () => {
    const { book, first } = await setUp();
    await book(first, 0, 30);
    await book(first, 30, 60);
    await book(first, -30, 0, 'held');
  });

  it('may overlap one that is over or cancelled, or that of another practitioner', async () => {
    const { book, first, second } = await setUp();
    await book(first, 0, 30, 'expired');
    await book(first, 0, 30, 'cancelled');
    await book(first, 0, 30);
    await book(second, 0, 30);
  });
});
