import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { newId, systemClock } from '@frontdesk/kernel';
import { createTestClinic, createTestPerson, findTraces, until } from '@frontdesk/testkit';
import { makeErasePerson } from '../src/index.ts';
import { nameOf, nextTime, openPersonScene, wordsOf, type PersonScene } from './person-scene.ts';

let scene: PersonScene;
beforeAll(async () => {
  scene = await openPersonScene();
});
afterAll(() => scene.close());

const tracesOf = (phone: string, ...others: string[]) => findTraces(scene.server.owner, [phone, ...others]);
const count = async (table: string, column: string, id: unknown) =>
  (await scene.rows<{ n: number }>(`select count(*)::int as n from ${table} where ${column} = $1`, id))[0]?.n;

describe('erasing a person', () => {
  it('leaves neither their number nor their name nor their words in any column of any table', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person);
    const before = new Set(
      (await tracesOf(person.phone, nameOf(person), wordsOf(person))).map(({ where }) => where.split('.')[1]),
    );
    expect(before.size).toBeGreaterThanOrEqual(15);
    expect(await scene.erase(person.phone)).toMatchObject({ kind: 'erased' });
    expect(await tracesOf(person.phone, nameOf(person), wordsOf(person))).toEqual([]);
  });

  it.each(['+1 (602) 555-0142', '602.555.0143', '1-602-555-0144', '+16025550145'])(
    'takes the number as people write it: %s',
    async (written) => {
      const phone = `+1${written.replaceAll(/\D/g, '').slice(-10)}`;
      await scene.person(phone);
      expect(await scene.erase(written)).toEqual({
        kind: 'erased',
        deleted: { contacts: 1, conversations: 1 },
        anonymised: {},
      });
    },
  );

  it.each([
    ['+525599009999', '+5215599009999'],
    ['+5531987654321', '+553187654321'],
  ])('leaves no trace of %s either, which WhatsApp writes %s', async (number, onWhatsApp) => {
    await scene.person(number);
    await scene.insert('webhook_events', {
      id: newId(),
      provider: 'twilio',
      kind: 'message.received',
      external_id: newId(),
      payload: { From: `whatsapp:${onWhatsApp}` },
      verified_at: '2026-11-01T10:00:00Z',
    });
    const done = { kind: 'erased', anonymised: { webhook_events: 1 } };
    for (const rehearsal of [true, false]) expect(await scene.erase(number, { rehearsal })).toMatchObject(done);
    expect(await tracesOf(number, onWhatsApp.slice(-10))).toEqual([]);
  });

  it('refuses what is neither a number nor an id', async () => {
    await expect(scene.erase('Anastasia')).rejects.toThrow('no phone number');
  });

  it('finds nothing the second time, and says so', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person);
    await scene.erase(person.phone);
    const audits = await count('audit_log', 'action', 'person.erased');
    expect(await scene.erase(person.phone)).toEqual({ kind: 'nothing-found' });
    expect(await count('audit_log', 'action', 'person.erased')).toBe(audits);
    expect(await count('contacts', 'phone', person.phone)).toBe(0);
  });

  it('may be asked for by several at once', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person);
    const ended = await Promise.all([1, 2, 3, 4].map(() => scene.erase(person.phone)));
    expect(ended.map(({ kind }) => kind)).toContain('erased');
    expect(ended.map(({ kind }) => kind)).not.toContain('expected');
    expect(await tracesOf(person.phone, nameOf(person), wordsOf(person))).toEqual([]);
    expect(await scene.erase(person.phone)).toEqual({ kind: 'nothing-found' });
  });

  it('keeps one line in the audit: who asked, when, which contact, how many rows', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person);
    await scene.erase(person.phone);
    const lines = await scene.rows(
      'select actor, action, details from audit_log where subject_id = $1',
      person.contactId,
    );
    expect(lines).toEqual([
      {
        actor: 'operator:kim',
        action: 'person.erased',
        details: {
          deleted: expect.objectContaining({ inbound_messages: 1, outbound_messages: 3, calls: 1, leads: 1 }),
          anonymised: expect.objectContaining({ webhook_events: 2, deposits: 1, consent_events: 1, opt_outs: 1 }),
        },
      },
    ]);
  });

  it('touches nobody else, neither at this clinic nor the same number at another', async () => {
    const [person, neighbour] = [await scene.person(), await scene.person()];
    const other = await createTestClinic(scene.server.owner);
    const namesake = await createTestPerson(scene.server.owner, other, person.phone);
    await scene.leaveTraces(neighbour);
    const traces = await tracesOf(neighbour.phone);
    await scene.erase(person.phone);
    expect(await tracesOf(neighbour.phone)).toEqual(traces);
    expect(await count('contacts', 'id', namesake.contactId)).toBe(1);
  });

  it('leaves the books as they are, of nobody', async () => {
    const person = await scene.person();
    const { depositId, orderId } = await scene.leaveTraces(person);
    await scene.erase(person.phone);
    const books = await scene.rows(
      `select d.amount_cents, d.state, e.kind, r.status, c.phone = 'erased:' || c.id as nobody
       from deposits d join ledger_entries e on e.deposit_id = d.id join payment_reports r on r.order_id = d.square_order_id
         join contacts c on c.id = d.contact_id
       where d.id = $1 and r.order_id = $2`,
      depositId,
      orderId,
    );
    expect(books).toEqual([
      { amount_cents: 5_000, state: 'paid', kind: 'captured', status: 'COMPLETED', nobody: true },
    ]);
  });

  it('leaves not even an empty contact where no money hangs on it', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person, { deposit: null });
    await scene.erase(person.phone);
    expect(await count('contacts', 'id', person.contactId)).toBe(0);
    expect(await count('appointments', 'contact_id', person.contactId)).toBe(0);
  });

  it('takes the rest when it died half-way', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person);
    let transactions = 0;
    const operator = scene.server.asOperator();
    const dying = makeErasePerson({
      clock: systemClock,
      webhooksAtOnce: 1,
      inTenant: (orgId, work) =>
        operator.inTransaction(async (tx) => {
          if (++transactions > 3) throw new Error('the process died');
          await tx.$queryRaw`select set_config('app.org_ids', ${orgId}, true)`;
          return work(tx);
        }),
    });
    await expect(dying({ orgId: scene.clinic.id, phone: person.phone, actor: 'operator:kim' })).rejects.toThrow('died');
    expect(await count('contacts', 'phone', person.phone)).toBe(1);
    await scene.erase(person.phone);
    expect(await tracesOf(person.phone, nameOf(person), wordsOf(person))).toEqual([]);
  });

  it('is for operators and the API alone, and only for a clinic that the transaction sees', async () => {
    const call = `select erase_person('${scene.clinic.id}', '+16025550100', 'x', now(), false, 0, now())`;
    await expect(scene.server.poolAs('frontdesk_messaging_worker').query(call)).rejects.toThrow(/permission denied/);
    await expect(scene.server.asOperator().search(call, [])).rejects.toThrow(/does not see this clinic/);
    const api = scene.server.as('frontdesk_api');
    const erase = makeErasePerson({ inTenant: (orgId, work) => api.inTenant(orgId, work), clock: systemClock });
    const { phone } = await scene.person();
    expect(await erase({ orgId: scene.clinic.id, phone, actor: 'api:owner' })).toMatchObject({ kind: 'erased' });
  });
});

describe('a person on two channels', () => {
  let ids = 0;
  /** Somebody with a number whose id at WhatsApp is known, and whose first words came without the number. */
  async function onBoth(visit: Parameters<typeof scene.leaveTraces>[1] = {}) {
    const userId = `US.Ab${(ids += 1)}Zq`;
    const [person, byId] = [await scene.person(), await scene.person(`wa:${userId}`)];
    await scene.leaveTraces(person);
    await scene.leaveTraces(byId, visit);
    await scene.insert('whatsapp_users', {
      user_id: userId,
      contact_id: person.contactId,
      created_at: '2026-11-09T10:00:00Z',
    });
    return { person, byId, userId };
  }

  it.each([
    ['their number', ({ person }: Awaited<ReturnType<typeof onBoth>>) => person.phone],
    ['their id', ({ userId }: Awaited<ReturnType<typeof onBoth>>) => userId],
    ['their id as the desk writes it', ({ userId }: Awaited<ReturnType<typeof onBoth>>) => `wa:${userId}`],
  ])('is found by %s, and leaves neither number nor id nor words', async (_, by) => {
    const both = await onBoth();
    const { person, byId, userId } = both;
    expect(await scene.erase(by(both))).toMatchObject({ kind: 'erased', deleted: { whatsapp_users: 1 } });
    const marks = [userId, nameOf(person), wordsOf(person), nameOf(byId), wordsOf(byId)];
    expect(await tracesOf(person.phone, ...marks)).toEqual([]);
    expect(await scene.erase(by(both))).toEqual({ kind: 'nothing-found' });
  });

  it('leaves nothing of an address that a text tells in the same moment', async () => {
    const person = await scene.person();
    const userId = `US.Ab${(ids += 1)}Zq`;
    const { erased } = await inTenants(scene.owner, [scene.clinic.id], async (client) => {
      await client.query('select from conversations where id = $1 for update', [person.conversationId]);
      await client.query('insert into whatsapp_users values ($1, $2, $3, now())', [
        scene.clinic.id,
        userId,
        person.contactId,
      ]);
      await client.query('insert into opt_outs values ($1, $2, now())', [scene.clinic.id, person.phone]);
      const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      const asked = inTenants(scene.owner, [scene.clinic.id], (other) =>
        other.query("select erase_person($1, $2, 'operator:kim', now(), true, 0, now()) as erasure", [
          scene.clinic.id,
          person.phone,
        ]),
      );
      await until('the erasure waits', async () => (await scene.rows(waiting)).length > 0);
      return { erased: asked };
    });
    expect((await erased).rows).toMatchObject([{ erasure: { kind: 'erased', deleted: { whatsapp_users: 1 } } }]);
    expect(await tracesOf(person.phone, userId)).toEqual([]);
  });

  it('has one line in the audit', async () => {
    const { person } = await onBoth();
    const before = await count('audit_log', 'action', 'person.erased');
    await scene.erase(person.phone);
    expect(await count('audit_log', 'action', 'person.erased')).toBe(Number(before) + 1);
  });

  it('is expected as a whole: nothing is done when a visit of either is ahead', async () => {
    const { person, userId } = await onBoth({ startsAt: nextTime('2026-12-01T18:00:00Z') });
    const traces = await tracesOf(person.phone, userId);
    expect(await scene.erase(person.phone)).toEqual({ kind: 'expected', visits: 1, deposits: 0 });
    expect(await tracesOf(person.phone, userId)).toEqual(traces);
  });

  it('is nobody else: who has a similar id stays', async () => {
    const { userId } = await onBoth();
    const neighbour = await scene.person();
    await scene.leaveTraces(neighbour);
    const traces = await tracesOf(neighbour.phone);
    await scene.erase(userId);
    expect(await tracesOf(neighbour.phone)).toEqual(traces);
  });

  it('has their STOP back, whichever of their addresses they come back by', async () => {
    const { person, userId } = await onBoth();
    await scene.erase(person.phone);
    const back = await scene.person(`wa:${userId}`);
    expect(await count('opt_outs', 'phone', back.phone)).toBe(1);
    await scene.erase(back.phone);
    await scene.person(person.phone);
    expect(await count('opt_outs', 'phone', person.phone)).toBe(1);
  });
});

describe('a rehearsal', () => {
  it('counts what would be done, and does nothing', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person);
    const traces = await tracesOf(person.phone);
    const rehearsed = await scene.erase(person.phone, { rehearsal: true });
    expect(await tracesOf(person.phone)).toEqual(traces);
    expect(await scene.erase(person.phone)).toEqual(rehearsed);
  });
});

describe('a person whom the clinic still expects', () => {
  const ahead = '2026-12-01T18:00:00Z';

  it.each([
    { what: 'a visit ahead', visit: {}, told: { visits: 1, deposits: 0 } },
    { what: 'a time held', visit: { state: 'held', deposit: 'link_sent' }, told: { visits: 0, deposits: 1 } },
  ])('is not erased without insisting: $what', async ({ visit, told }) => {
    const person = await scene.person();
    await scene.leaveTraces(person, { ...visit, startsAt: nextTime(ahead) });
    const traces = await tracesOf(person.phone);
    expect(await scene.erase(person.phone)).toEqual({ kind: 'expected', ...told });
    expect(await tracesOf(person.phone)).toEqual(traces);
  });

  it('is erased when one insists: the time is free, and staff decide about the deposit', async () => {
    const person = await scene.person();
    const { appointmentId, depositId } = await scene.leaveTraces(person, { startsAt: nextTime(ahead) });
    expect(await scene.erase(person.phone, { evenIfExpected: true })).toMatchObject({ kind: 'erased' });
    expect(await tracesOf(person.phone, nameOf(person), wordsOf(person))).toEqual([]);
    expect(await scene.rows('select state from appointments where id = $1', appointmentId)).toEqual([
      { state: 'cancelled' },
    ]);
    expect(await scene.rows('select reason from staff_tasks where cause_key = $1', `erased:${depositId}`)).toEqual([
      { reason: expect.stringContaining('please decide') },
    ]);
  });

  it('lets nobody pay any more for a time that was held', async () => {
    const person = await scene.person();
    const { appointmentId } = await scene.leaveTraces(person, {
      startsAt: nextTime(ahead),
      state: 'held',
      deposit: 'link_sent',
    });
    await scene.erase(person.phone, { evenIfExpected: true });
    const [hold] = await scene.rows(
      'select state, hold_expires_at <= now() as due from appointments where id = $1',
      appointmentId,
    );
    expect(hold).toEqual({ state: 'cancelled', due: true });
  });
});

describe('a wish for no texts', () => {
  const restored = async (phone: string) => (await count('opt_outs', 'phone', phone)) === 1;
  const optOut = (phone: string) => scene.insert('opt_outs', { phone, opted_out_at: '2026-11-01T10:00:00Z' });

  it('outlives the person, and is theirs again when they write again', async () => {
    const { phone } = await scene.person();
    await optOut(phone);
    await scene.erase(phone);
    expect(await restored(phone)).toBe(false);
    expect(await isErasedOptOut(phone)).toBe(true);
    await scene.person(phone);
    expect(await restored(phone)).toBe(true);
    expect(await scene.rows('select kind, source, recorded_by from consent_events where phone = $1', phone)).toEqual([
      { kind: 'opt-out', source: 'import', recorded_by: 'erasure' },
    ]);
  });

  it('is not learnt anew from a carrier’s list', async () => {
    const { phone } = await scene.person();
    await optOut(phone);
    await scene.erase(phone);
    await optOut(phone);
    expect(await tracesOf(phone)).toEqual([]);
  });

  it('ends with START, and is not there after the next erasure', async () => {
    const { phone } = await scene.person();
    await optOut(phone);
    await scene.erase(phone);
    await scene.person(phone);
    await scene.rows(
      `with seen as (select set_config('app.org_ids', $1, false)) delete from opt_outs using seen where phone = $2`,
      scene.clinic.id,
      phone,
    );
    await scene.erase(phone);
    expect(await isErasedOptOut(phone)).toBe(false);
  });

  it('is of one clinic: its digest says nothing at another', async () => {
    const { phone } = await scene.person();
    await optOut(phone);
    await scene.erase(phone);
    const other = await createTestClinic(scene.server.owner);
    await createTestPerson(scene.server.owner, other, phone);
    expect(await restored(phone)).toBe(false);
  });

  it('has a key that nobody can read', async () => {
    for (const role of ['frontdesk_messaging_worker', 'frontdesk_api', 'frontdesk_relay'] as const) {
      await expect(scene.server.poolAs(role).query('select key from erasure_keys')).rejects.toThrow(
        /permission denied/,
      );
    }
    await expect(scene.server.asOperator().search('select key from erasure_keys', [])).rejects.toThrow(
      /permission denied/,
    );
  });

  async function isErasedOptOut(phone: string): Promise<boolean | undefined> {
    const rows = await scene.rows<{ known: boolean }>(
      'select is_erased_opt_out($1, $2) as known',
      scene.clinic.id,
      phone,
    );
    return rows[0]?.known;
  }
});

describe('what comes late', () => {
  const webhook = { kind: 'late', verified_at: '2026-11-20T18:05:00Z' };
  const payloadOf = async (id: string) => (await scene.rows('select payload from webhook_events where id = $1', id))[0];
  const empty = { payload: { erased: true } };

  it('is stored without its content: a receipt, and Square’s word of a payment', async () => {
    const person = await scene.person();
    const { attemptId, orderId } = await scene.leaveTraces(person);
    await scene.erase(person.phone);
    const receipt = { ...webhook, id: newId(), provider: 'telnyx', external_id: newId(), attempt_id: attemptId };
    await scene.insert('webhook_events', { ...receipt, payload: { to: person.phone } });
    const payment = { ...webhook, id: newId(), provider: 'square', external_id: newId() };
    const payload = {
      data: { object: { payment: { order_id: orderId, buyer_email_address: `${nameOf(person)}@example.com` } } },
    };
    await scene.insert('webhook_events', { ...payment, payload });
    expect([await payloadOf(receipt.id), await payloadOf(payment.id)]).toEqual([empty, empty]);
  });

  it('is stored as it came when it is about somebody else', async () => {
    const receipt = { ...webhook, id: newId(), provider: 'telnyx', external_id: newId(), attempt_id: newId() };
    await scene.insert('webhook_events', { ...receipt, payload: { to: '+16025550100' } });
    expect(await payloadOf(receipt.id)).toEqual({ payload: { to: '+16025550100' } });
  });

  it('is known as a repeat when it had come before', async () => {
    const { phone } = await scene.person();
    const text = { ...webhook, provider: 'telnyx', external_id: newId() };
    await scene.insert('webhook_events', { ...text, id: newId(), payload: { from: phone } });
    await scene.erase(phone);
    await expect(scene.insert('webhook_events', { ...text, id: newId(), payload: { from: phone } })).rejects.toThrow(
      /unique/,
    );
  });

  it('asks for no text to a person of whom only the books are left', async () => {
    const person = await scene.person();
    await scene.leaveTraces(person);
    await scene.erase(person.phone);
    await scene.insert('outbound_messages', {
      id: newId(),
      from_number: scene.clinic.location.number,
      to_number: `erased:${person.contactId}`,
      class: 'reply',
      kind: 'x',
      contact_id: person.contactId,
      conversation_id: person.conversationId,
      body: 'paid',
      cause_key: newId(),
    });
    expect(await count('outbound_messages', 'contact_id', person.contactId)).toBe(0);
  });
});
