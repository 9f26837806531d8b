import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { newNumber } from './desk.ts';
import { openDesk } from './open-desk.ts';

const { database, desk } = await openDesk();

const textsTo = async (to: string) =>
  (await database.owner.query('select id from outbound_messages where to_number = $1', [to])).rows;
const text = (to: string, body = 'Hello') => ({ to, purpose: 'reminder', body });

describe('an Idempotency-Key', () => {
  it('gives the same answer to the same request, and does it once', async () => {
    const to = newNumber();
    const headers = { 'idempotency-key': newId() };
    const first = await desk.send(text(to), { headers });
    const again = await desk.send(text(to), { headers: { 'idempotency-key': `"${headers['idempotency-key']}"` } });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(await textsTo(to)).toHaveLength(1);
  });

  it('does not care how the JSON is written', async () => {
    const to = newNumber();
    const headers = { 'idempotency-key': newId() };
    const first = await desk.send(text(to), { headers });
    const raw = JSON.stringify({ body: 'Hello', to, purpose: 'reminder', orgId: desk.clinic.id }, null, 4);
    const again = await desk.send({}, { headers, raw });
    expect(again.body).toEqual(first.body);
  });

  it('is refused for another request: 422', async () => {
    const to = newNumber();
    const headers = { 'idempotency-key': newId() };
    await desk.send(text(to), { headers });
    const { status, body } = await desk.send(text(to, 'Hello again'), { headers });
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'idempotency-key-reused' });
    expect(await textsTo(to)).toHaveLength(1);
  });

  it("of one clinic is another's to use", async () => {
    const to = newNumber();
    const headers = { 'idempotency-key': newId() };
    await desk.send(text(to), { headers });
    const theirs = await desk.send({ ...text(to), orgId: desk.other.id }, { headers, token: desk.tokens.stranger });
    expect(theirs.status).toBe(202);
    expect(await textsTo(to)).toHaveLength(2);
  });

  it('of many requests at once lets one do it; the others get its answer or 409', async () => {
    const to = newNumber();
    const headers = { 'idempotency-key': newId() };
    const answers = await Promise.all(Array.from({ length: 12 }, () => desk.send(text(to), { headers })));
    expect(await textsTo(to)).toHaveLength(1);
    const ids = new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body['id']));
    expect(ids.size).toBe(1);
    for (const { status, body, headers: given } of answers.filter((each) => each.status !== 202)) {
      expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'request-in-flight' });
      expect(given.get('retry-after')).toBe('1');
    }
  });

  it('is in flight while another transaction has it', async () => {
    const to = newNumber();
    const key = newId();
    const holder = await database.owner.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `idempotency ${desk.clinic.id} ${key}`,
    ]);
    const during = await desk.send(text(to), { headers: { 'idempotency-key': key } });
    await holder.query('rollback');
    holder.release();
    expect({ status: during.status, code: during.body['code'] }).toEqual({ status: 409, code: 'request-in-flight' });
    const after = await desk.send(text(to), { headers: { 'idempotency-key': key } });
    expect(after.status).toBe(202);
  });

  it('is not used up by a request that was refused', async () => {
    const to = newNumber();
    const headers = { 'idempotency-key': newId() };
    expect((await desk.send({ ...text(to), purpose: 'reply' }, { headers })).status).toBe(422);
    expect((await desk.send(text(to), { headers })).status).toBe(202);
  });

  it.each([
    ['is missing', {}],
    ['is empty', { 'idempotency-key': '""' }],
    ['is too long', { 'idempotency-key': 'k'.repeat(256) }],
    ['has spaces', { 'idempotency-key': 'two words' }],
  ])('that %s is asked for: 400', async (_, headers) => {
    const { status, body } = await desk.ask('/admin/messages:send', {
      method: 'POST',
      body: { orgId: desk.clinic.id, ...text(newNumber()) },
      headers,
    });
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'idempotency-key-missing' });
  });
});
