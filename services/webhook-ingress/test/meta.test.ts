import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { addSender, newNumber } from './desk.ts';
import { metaBody, metaEntry, metaMessage, metaStatus, phoneNumberIdOf } from './meta-webhooks.ts';
import { metaHeaders, metaVerifyToken, telnyxHeaders } from './signing.ts';
import { useDesk } from './use-desk.ts';

const on = useDesk();
const path = '/webhooks/meta';
const wamid = () => `wamid.${newId()}`;
const refused = async (body: string | Buffer, headers: Record<string, string>) => {
  const before = await on.rows.count('webhook_events');
  const { status, body: answer } = await on.desk.post(path, body, headers);
  expect(await on.rows.count('webhook_events')).toBe(before);
  return [status, answer.error?.code];
};

describe('Meta asks whether the address is ours', () => {
  const ask = (query: Record<string, string>) =>
    fetch(`${on.desk.url}${path}?${new URLSearchParams(query).toString()}`);
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': metaVerifyToken, 'hub.challenge': '1158201444' };

  it('and gets its challenge back, bare', async () => {
    const response = await ask(right);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/plain',
      '1158201444',
    ]);
  });

  it.each([
    ['another token', { ...right, 'hub.verify_token': 'guessed' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
    ['a challenge that is a page', { ...right, 'hub.challenge': '<script>' }],
    ['nothing', {}],
  ])('and is refused with %s', async (_, query) => {
    const response = await ask(query);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'wrong-token' } });
  });

  it('and by another method is told both', async () => {
    const response = await fetch(`${on.desk.url}${path}`, { method: 'PUT' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('what Meta posts', () => {
  const body = () => JSON.stringify(metaMessage({ from: newNumber(), to: on.to, text: 'hi' }));

  it.each([
    ['without a signature', () => ({ 'content-type': 'application/json' }), 'signature-missing'],
    ['with another secret', (text: string) => metaHeaders(text, 'guessed'), 'signature-invalid'],
    ['with a signature of other bytes', () => metaHeaders('{}'), 'signature-invalid'],
    ['signed by Telnyx', (text: string) => telnyxHeaders(text), 'signature-missing'],
  ])('%s is refused', async (_, headers, code) => {
    const text = body();
    expect(await refused(text, headers(text))).toEqual([401, code]);
  });

  it.each(['{"object":', '[]', '{"object":"page","entry":[]}', '{"object":"whatsapp_business_account"}'])(
    'that is no webhook of WhatsApp is refused though signed: %s',
    async (text) => {
      expect(await refused(text, metaHeaders(text))).toEqual([400, 'unreadable']);
    },
  );

  it('may be long, as it brings many events, but for 3 MB', async () => {
    const long = JSON.stringify({ ...metaBody(), padding: 'x'.repeat(1024 * 1024) });
    expect((await on.desk.post(path, long, metaHeaders(long))).status).toBe(200);
    const tooLong = Buffer.alloc(3 * 1024 * 1024 + 1, ' ');
    expect(await refused(tooLong, metaHeaders(tooLong))).toEqual([413, 'too-large']);
  });

  it('has no address where the app of Meta is not set up', async () => {
    const { startDesk } = await import('./desk.ts');
    const without = await startDesk(on.database, { meta: undefined });
    try {
      const text = body();
      expect((await without.post(path, text, metaHeaders(text))).status).toBe(404);
    } finally {
      await without.close();
    }
  });
});

describe('a request with the events of many', () => {
  it('is each clinic’s own part: stored apart, and of nobody else', async () => {
    const other = await on.anotherClinic();
    const [ana, ben, cleo] = [newNumber(), newNumber(), newNumber()];
    const ids = [wamid(), wamid(), wamid()];
    const event = metaBody(
      metaEntry({ from: ana, to: on.to, text: 'to A', messageId: ids[0] ?? '' }),
      metaEntry({ from: ben, to: other.location.number, text: 'to B', messageId: ids[1] ?? '' }),
      metaEntry({ from: cleo, to: '+14805550000', text: 'to nobody', messageId: ids[2] ?? '' }),
    );
    expect(await on.desk.meta(event)).toEqual({ status: 200, body: { result: 'accepted' } });
    const stored = (await Promise.all(ids.map((id) => on.rows.webhooks(id)))).flat();
    expect(stored.map(({ org_id: orgId, parked_reason: reason }) => [orgId, reason])).toEqual([
      [on.clinic.id, null],
      [other.id, null],
      [null, 'no clinic has this number on WhatsApp'],
    ]);
    const people = [ana, ben, cleo].map((number) => number.slice(1));
    for (const [n, { payload }] of stored.entries()) {
      const named = people.filter((number) => JSON.stringify(payload).includes(number));
      expect(named).toEqual([people[n]]);
    }
    expect(await on.rows.texts(ana)).toMatchObject([{ org_id: on.clinic.id, body: 'to A' }]);
    expect(await on.rows.texts(ben)).toMatchObject([{ org_id: other.id, body: 'to B' }]);
  });

  it('of hundreds of texts of one person is taken in with few commits, as if each came alone, and once', async () => {
    const from = newNumber();
    const words = Array.from({ length: 300 }, (_, n) => `hello ${n}`);
    Object.assign(words, { 50: 'hello 49', 100: 'STOP', 200: 'START', 250: 'hello 1' });
    const at = on.now();
    const body = metaBody(...words.map((text) => metaEntry({ from, to: on.to, text, at })));
    expect(await on.desk.meta(body)).toEqual({ status: 200, body: { result: 'accepted' } });
    expect(await on.desk.meta(body)).toEqual({ status: 200, body: { result: 'duplicate' } });
    const texts = await on.rows.texts(from);
    expect(texts.map((text) => text.body)).toEqual(words);
    expect(texts.map((text) => text.handled_by)).toEqual(
      words.map((_, n) => {
        if (n === 100 || n === 200) return 'keyword';
        if (n === 50) return 'duplicate';
        return n > 100 && n < 200 ? 'opted-out' : null;
      }),
    );
    const { rows } = await on.database.owner.query(
      'select distinct xmin::text from inbound_messages where from_number = $1',
      [from],
    );
    expect(rows.length).toBeLessThan(15);
  });

  it('of one change tells people apart who stand beside each other in it', async () => {
    const [ana, ben] = [newNumber(), newNumber()];
    const [first, second] = [
      metaEntry({ from: ana, to: on.to, text: 'a' }),
      metaEntry({ from: ben, to: on.to, text: 'b' }),
    ];
    const [one, two] = [first.changes[0]?.value, second.changes[0]?.value] as unknown as Record<string, unknown[]>[]; // as it was written just now
    const value = {
      ...one,
      contacts: [...(one?.['contacts'] ?? []), ...(two?.['contacts'] ?? [])],
      messages: [...(one?.['messages'] ?? []), ...(two?.['messages'] ?? [])],
    };
    await on.desk.meta(metaBody({ id: 'WABA', changes: [{ field: 'messages', value }] }));
    const payloads = await on.database.owner.query<{ payload: unknown }>(
      `select payload from webhook_events where payload::text like '%' || $1 || '%'`,
      [ana.slice(1)],
    );
    expect(payloads.rows).toHaveLength(1);
    expect(JSON.stringify(payloads.rows)).not.toContain(ben.slice(1));
    expect(await on.rows.texts(ben)).toHaveLength(1);
  });

  it('that comes again brings only what is new', async () => {
    const [ana, ben] = [newNumber(), newNumber()];
    const known = metaEntry({ from: ana, to: on.to, text: 'once' });
    await on.desk.meta(metaBody(known));
    const both = metaBody(known, metaEntry({ from: ben, to: on.to, text: 'new' }));
    expect((await on.desk.meta(both)).body.result).toBe('accepted');
    expect((await on.desk.meta(both)).body.result).toBe('duplicate');
    expect([(await on.rows.texts(ana)).length, (await on.rows.texts(ben)).length]).toEqual([1, 1]);
  });

  it('is answered 200 only when all of it is stored; what was is known when it comes again', async () => {
    await on.database.owner.query(`
      create function refuse_poison() returns trigger language plpgsql as $$
      begin raise exception 'poison' using errcode = 'check_violation'; end $$;
      create trigger refuse_poison before insert on inbound_messages for each row when (new.body = 'poison')
        execute function refuse_poison()`);
    const [ana, ben] = [newNumber(), newNumber()];
    const event = metaBody(
      metaEntry({ from: ana, to: on.to, text: 'good' }),
      metaEntry({ from: ben, to: on.to, text: 'poison' }),
    );
    expect((await on.desk.meta(event)).status).toBe(503);
    await on.database.owner.query('drop trigger refuse_poison on inbound_messages');
    expect((await on.desk.meta(event)).status).toBe(200);
    expect([(await on.rows.texts(ana)).length, (await on.rows.texts(ben)).length]).toEqual([1, 1]);
  });

  it('may hold hundreds, of a few people among them, each in their order', async () => {
    const people = Array.from({ length: 20 }, newNumber);
    const texts = Array.from({ length: 240 }, (_, n) => ({ from: people[n % 20] ?? '', text: `text ${n}` }));
    const event = metaBody(...texts.map((text) => metaEntry({ to: on.to, ...text })));
    expect((await on.desk.meta(event)).status).toBe(200);
    for (const from of people) {
      const words = texts.filter((text) => text.from === from).map(({ text }) => text);
      expect((await on.rows.texts(from)).map(({ body }) => body)).toEqual(words);
    }
  });

  it('of which some make no sense is taken without them', async () => {
    const from = newNumber();
    const of = (changes: unknown) => ({ id: 'WABA', changes });
    const messages = (value: unknown) => of([{ field: 'messages', value }]);
    const metadata = { phone_number_id: phoneNumberIdOf(on.to) };
    const status = { id: wamid(), status: 'sent' };
    const nonsense = [
      messages({ messages: 'none' }),
      messages(null),
      of(null),
      of(['none', {}, { field: 'a\0b', value: {} }, { field: 'f'.repeat(9_000), value: {} }]),
      { ...of([]), id: { of: 'nobody' }, time: 'then' },
      messages({ metadata, messages: [7, { id: 'w'.repeat(9_000), type: 'text' }, { id: 'a\0b', type: 'text' }] }),
      messages({ metadata, statuses: [{ ...status, status: 'a\0b' }, { ...status, id: 'w\ud800' }, null] }),
      of([{ field: 'account_update', value: { event: `a\0b\ud800${'x'.repeat(9_000)}`, ban_info: 7 } }]),
    ];
    const answer = await on.desk.meta(metaBody(...nonsense, metaEntry({ from, to: on.to, text: 'sense' })));
    expect(answer.status).toBe(200);
    expect(await on.rows.texts(from)).toHaveLength(1);
  });

  it('brings receipts, each of the attempt that it names', async () => {
    const [attempt, messageId] = [newId(), wamid()];
    await on.desk.meta(metaStatus({ from: on.to, messageId, status: 'read', attempt }));
    const reports = (await on.rows.events(on.clinic)).filter(({ data }) => data['providerMessageId'] === messageId);
    expect(reports).toMatchObject([{ data: { provider: 'meta', attemptId: attempt, status: 'read' } }]);
  });
});

describe('a sender that was connected again', () => {
  const sentAt = on.now().subtract({ hours: 1 });

  it('hears what was sent to it before', async () => {
    const [from, to] = [newNumber(), newNumber()];
    const first = await addSender(on.database, on.clinic, {
      number: to,
      since: sentAt.subtract({ hours: 1 }).toString(),
    });
    await on.database.owner.query("update whatsapp_senders set state = 'disconnected' where id = $1", [first]);
    await addSender(on.database, on.clinic, { number: to, since: on.now().toString() });
    await on.desk.meta(metaMessage({ from, to, text: 'hello', at: sentAt }));
    expect(await on.rows.texts(from)).toHaveLength(1);
  });

  it('hears nothing of when another clinic had the number', async () => {
    const [from, to, other] = [newNumber(), newNumber(), await on.anotherClinic()];
    for (const [hours, clinic] of [
      [3, on.clinic],
      [2, other],
    ] as const) {
      const since = on.now().subtract({ hours }).toString();
      const id = await addSender(on.database, clinic, { number: to, since });
      await on.database.owner.query("update whatsapp_senders set state = 'disconnected' where id = $1", [id]);
    }
    await addSender(on.database, on.clinic, { number: to, since: on.now().toString() });
    await on.desk.meta(metaMessage({ from, to, text: 'hello', at: sentAt }));
    expect(await on.rows.texts(from)).toEqual([]);
  });
});

describe('a sender that stopped working', () => {
  const failedSender = async (number: string, clinic = on.clinic, since = '2000-01-01T00:00:00Z') => {
    const id = await addSender(on.database, clinic, { number, since });
    await on.database.owner.query("update whatsapp_senders set state = 'failed' where id = $1", [id]);
  };

  it('still hears a STOP', async () => {
    const [from, to] = [newNumber(), newNumber()];
    await failedSender(to);
    await on.desk.meta(metaMessage({ from, to, text: 'STOP' }));
    expect(await on.rows.optedOut(on.clinic, from)).toBe(true);
  });

  it('hears nothing once another clinic has had the number', async () => {
    const [from, to, other] = [newNumber(), newNumber(), await on.anotherClinic()];
    await failedSender(to);
    await failedSender(to, other, '2001-01-01T00:00:00Z');
    await on.desk.meta(metaMessage({ from, to, text: 'STOP' }));
    expect(await on.rows.optedOut(on.clinic, from)).toBe(false);
    expect(await on.rows.optedOut(other, from)).toBe(true);
  });
});
