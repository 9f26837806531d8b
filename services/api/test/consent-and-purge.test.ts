import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { newNumber, startDesk, type Desk } from './desk.ts';

let database: TestDatabase;
let desk: Desk;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = await startDesk(database);
});
afterAll(async () => {
  await desk.close();
  await database.close();
});

const rows = async (sql: string, ...values: unknown[]) => (await database.owner.query(sql, values)).rows;
const record = (body: Record<string, unknown>) =>
  desk.ask('/admin/consents', {
    method: 'POST',
    body: { orgId: desk.clinic.id, channel: 'paper', ...body },
    headers: { 'idempotency-key': newId() },
  });
const market = (to: string) => desk.send({ to, purpose: 'marketing', body: 'A peel in May?' });

describe('consent that staff record', () => {
  it('to marketing lets marketing leave, with the words and who wrote them down', async () => {
    const phone = newNumber();
    const at = '2026-05-01T10:00:00Z';
    const { status, body } = await record({
      phone,
      change: 'marketing-opt-in',
      wording: 'I agree to offers by text.',
      at,
    });
    expect({ status, body }).toEqual({ status: 200, body: { changed: true } });
    expect((await market(phone)).body).toMatchObject({ suppressed: null });
    expect(
      await rows('select kind, source, wording, recorded_by, channel from consent_events where phone = $1', phone),
    ).toEqual([
      {
        kind: 'marketing-opt-in',
        source: 'staff',
        wording: 'I agree to offers by text.',
        recorded_by: 'api:olga',
        channel: 'paper',
      },
    ]);
    expect((await record({ phone, change: 'marketing-opt-out' })).body).toEqual({ changed: true });
    expect((await market(phone)).body).toMatchObject({ suppressed: { reason: 'no-marketing-consent' } });
  });

  it('of somebody who wants no texts stops them all, and cannot be undone by staff', async () => {
    const phone = newNumber();
    expect((await record({ phone, change: 'opt-out', wording: 'please stop', channel: 'voice' })).body).toEqual({
      changed: true,
    });
    const sent = await desk.send({ to: phone, purpose: 'reminder', body: 'Hello' });
    expect(sent.body).toMatchObject({ state: 'suppressed', suppressed: { reason: 'opted-out' } });
    const again = await record({ phone, change: 'marketing-opt-in', wording: 'I agree' });
    expect({ status: again.status, code: again.body['code'] }).toEqual({ status: 409, code: 'conflict' });
  });

  it.each([
    ['to marketing without its words', { change: 'marketing-opt-in' }, '#/wording'],
    ['of the future', { change: 'opt-out', at: '2100-01-01T00:00:00Z' }, '#/at'],
    ['of no phone', { change: 'opt-out', phone: '+1480555' }, '#/phone'],
    ['of another kind', { change: 'opt-in' }, '#/change'],
  ])('%s is refused, with the field', async (_, change, pointer) => {
    const { status, body } = await record({ phone: newNumber(), ...change });
    expect(status).toBe(422);
    expect(body['errors']).toEqual([expect.objectContaining({ pointer })]);
  });
});

describe('the deletion of a person', () => {
  const purge = (phone: string, more: Record<string, unknown> = {}, token = desk.tokens.owner) =>
    desk.ask('/admin/people:purge', { method: 'POST', token, body: { orgId: desk.clinic.id, phone, ...more } });

  it('leaves nothing of them at the clinic, and done again finds nothing', async () => {
    const phone = newNumber();
    await desk.send({ to: phone, purpose: 'reminder', body: 'Hello' });
    const rehearsed = await purge(phone, { rehearsal: true });
    expect(rehearsed.body).toMatchObject({ found: true });
    expect(await rows('select 1 from contacts where phone = $1', phone)).toHaveLength(1);
    const { status, body } = await purge(phone);
    expect({ status, found: body['found'] }).toEqual({ status: 200, found: true });
    expect(await rows('select 1 from contacts where phone = $1', phone)).toEqual([]);
    expect(await rows('select 1 from outbound_messages where to_number = $1', phone)).toEqual([]);
    expect((await purge(phone)).body).toMatchObject({ found: false });
  });

  it('is for owners', async () => {
    const { status, body } = await purge(newNumber(), {}, desk.tokens.manager);
    expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'role-too-small' });
  });
});
