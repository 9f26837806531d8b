import { describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { newNumber } from './desk.ts';
import { openDesk } from './open-desk.ts';

const { database, desk } = await openDesk();

const rows = async (sql: string, ...values: unknown[]) => (await database.owner.query(sql, values)).rows;
const record = (body: Record<string, unknown>) =>
  desk.ask('/admin/consents', {
    method: 'POST',
    body: { orgId: desk.clinic.id, channel: 'paper', ...body },
    headers: { 'idempotency-key': newId() },
  });
const market = (to: string) => desk.send({ to, purpose: 'marketing', body: 'A peel in May?' });

/** Somebody who wrote on WhatsApp. */
async function knownOnWhatsApp(phone: string, userId: string): Promise<void> {
  await inTenants(database.owner, [desk.clinic.id], async (client) => {
    const contactId = newId();
    await client.query('insert into contacts (org_id, id, phone) values ($1, $2, $3)', [
      desk.clinic.id,
      contactId,
      phone,
    ]);
    await client.query('insert into whatsapp_users values ($1, $2, $3, now())', [desk.clinic.id, userId, contactId]);
  });
}

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

  it('to marketing that was signed before the person took it back is worth nothing', async () => {
    const phone = newNumber();
    const signed = { phone, change: 'marketing-opt-in', wording: 'I agree', at: '2026-05-01T10:00:00Z' };
    expect((await record({ phone, change: 'marketing-opt-out', at: '2026-06-01T10:00:00Z' })).body).toEqual({
      changed: false,
    });
    const late = await record(signed);
    expect({ status: late.status, errors: late.body['errors'] }).toEqual({
      status: 422,
      errors: [expect.objectContaining({ pointer: '#/at' })],
    });
    expect((await market(phone)).body).toMatchObject({ suppressed: { reason: 'no-marketing-consent' } });
    expect((await record({ ...signed, at: '2026-06-02T10:00:00Z' })).body).toEqual({ changed: true });
    expect((await market(phone)).body).toMatchObject({ suppressed: null });
    expect((await record(signed)).status).toBe(422);
    const said = await rows('select kind from consent_events where phone = $1 order by occurred_at', phone);
    expect(said).toEqual([{ kind: 'marketing-opt-out' }, { kind: 'marketing-opt-in' }]);
  });

  it('of somebody on WhatsApp who keeps their number to themselves counts by their id there', async () => {
    const userId = `US.${newNumber().slice(1)}`;
    const nobody = await record({ phone: `wa:${userId}`, change: 'opt-out', channel: 'voice' });
    expect({ status: nobody.status, errors: nobody.body['errors'] }).toEqual({
      status: 422,
      errors: [expect.objectContaining({ pointer: '#/phone' })],
    });
    for (const [known, user] of [
      [`wa:${userId}`, userId],
      [newNumber(), `${userId}9`],
    ] as const) {
      await knownOnWhatsApp(known, user);
      expect((await record({ phone: `wa:${user}`, change: 'opt-out', channel: 'voice' })).body).toEqual({
        changed: true,
      });
      const stopped = await rows('select phone from opt_outs where phone = any ($1)', [known, `wa:${user}`]);
      expect(new Set(stopped.map(({ phone }) => String(phone)))).toEqual(new Set([known, `wa:${user}`]));
    }
  });

  it.each([
    ['to marketing without its words', { change: 'marketing-opt-in' }, '#/wording'],
    ['of a moment that nobody can tell', { change: 'opt-out', at: '2026-05-01T10:00:00.1234567890Z' }, '#/at'],
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

  it('is no fault of whoever writes to them in that moment: the text is to somebody whom the clinic meets anew', async () => {
    const phone = newNumber();
    const text = { to: phone, purpose: 'reminder', body: 'Hello' };
    await desk.send(text);
    const [known] = await rows('select id from contacts where phone = $1', phone);
    const { sent } = await inTenants(database.owner, [desk.clinic.id], async (client) => {
      // What the text waits for once it has found the person.
      const lock = `recipient ${desk.clinic.id} ${String(known?.id)}`;
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock]);
      const sending = desk.send(text);
      await until('the text waits', async () => {
        const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        return (await rows(waiting)).length > 0;
      });
      expect((await purge(phone)).body).toMatchObject({ found: true });
      return { sent: sending };
    });
    expect((await sent).status).toBe(202);
    expect(await rows('select 1 from outbound_messages where to_number = $1', phone)).toHaveLength(1);
  });

  it('is for owners', async () => {
    const { status, body } = await purge(newNumber(), {}, desk.tokens.manager);
    expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'role-too-small' });
  });
});
