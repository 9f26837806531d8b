import { newId, type Id } from '@frontdesk/kernel';
import type pg from 'pg';

/** Somebody who has texted the clinic. */
export type TestPerson = { contactId: Id; conversationId: Id; phone: string };

/** Writes a contact and their conversation with the clinic, as ingress does on the first text. */
export async function createTestPerson(
  owner: pg.Pool,
  clinic: { id: Id; location: { number: string } },
  phone = `+1602${String(Math.floor(Math.random() * 8_000_000) + 2_000_000)}`,
): Promise<TestPerson> {
  const [contactId, conversationId] = [newId(), newId()];
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('app.org_ids', $1, true)", [clinic.id]);
    await client.query('insert into contacts (org_id, id, phone) values ($1, $2, $3)', [clinic.id, contactId, phone]);
    await client.query('insert into conversations (org_id, id, contact_id, clinic_number) values ($1, $2, $3, $4)', [
      clinic.id,
      conversationId,
      contactId,
      clinic.location.number,
    ]);
    await client.query('commit');
  } finally {
    client.release();
  }
  return { contactId, conversationId, phone };
}
