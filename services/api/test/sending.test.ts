import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { createTestPerson } from '@frontdesk/testkit';
import { newNumber, startDesk } from './desk.ts';
import { openDesk } from './open-desk.ts';

const { database, desk } = await openDesk();

const rows = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await database.owner.query<Row>(sql, values)).rows;
const textOf = async (id: unknown) =>
  (await rows<Record<string, unknown>>('select * from outbound_messages where id = $1', [id]))[0];
const eventsOf = (id: unknown) =>
  rows<{ producer: string; type: string }>(
    `select producer, envelope ->> 'type' as type from outbox where envelope -> 'data' ->> 'messageId' = $1`,
    [id],
  );
const personWhoWrote = async () => {
  const person = await createTestPerson(database.owner, desk.clinic);
  await database.owner.query("select set_config('app.org_ids', $1, false)", [desk.clinic.id]);
  await inClinic('update conversations set last_inbound_at = now() where id = $2 and org_id = $1', [
    desk.clinic.id,
    person.conversationId,
  ]);
  return person;
};

/** A statement of the owner as of this clinic, whose rows even the owner may only write so. */
async function inClinic(sql: string, values: unknown[]): Promise<void> {
  const client = await database.owner.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('app.org_ids', $1, true)", [desk.clinic.id]);
    await client.query(sql, values);
    await client.query('commit');
  } finally {
    client.release();
  }
}

describe('a text sent by hand', () => {
  it('is queued with its event, its cost and its audit, to somebody who is met by it', async () => {
    const to = newNumber();
    const { status, body } = await desk.send({ to, purpose: 'reminder', body: 'Please bring your card.' });
    expect(status).toBe(202);
    expect(body).toMatchObject({ state: 'queued', segments: 1, encoding: 'GSM-7', suppressed: null, warnings: [] });
    expect(await textOf(body['id'])).toMatchObject({
      to_number: to,
      from_number: desk.clinic.location.number,
      class: 'reminder',
      kind: 'by-hand',
      body: 'Radiance Medspa: Please bring your card. Reply STOP to opt out, HELP for help.',
    });
    expect(await eventsOf(body['id'])).toEqual([{ producer: 'api', type: 'messaging.text-requested.v1' }]);
    const audit = await rows('select actor, action from audit_log where org_id = $1 and subject_id = $2', [
      desk.clinic.id,
      body['id'],
    ]);
    expect(audit).toEqual([{ actor: 'api:olga', action: 'text requested' }]);
    const met = await rows('select 1 from contacts c join conversations v on v.contact_id = c.id where c.phone = $1', [
      to,
    ]);
    expect(met).toHaveLength(1);
  });

  it('leaves from the number that the person wrote to last', async () => {
    const second = newNumber();
    await inClinic(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($2, $1, $3, 'profile')`,
      [desk.clinic.id, second, desk.clinic.location.id],
    );
    const person = await personWhoWrote();
    await inClinic('update conversations set clinic_number = $3 where org_id = $1 and id = $2', [
      desk.clinic.id,
      person.conversationId,
      second,
    ]);
    const { body } = await desk.send({ to: person.phone, purpose: 'reply', body: 'Hello' });
    expect(await textOf(body['id'])).toMatchObject({ from_number: second, contact_id: person.contactId });
  });

  it('understands the number as people write it', async () => {
    const to = newNumber();
    const national = `(${to.slice(2, 5)}) ${to.slice(5, 8)}-${to.slice(8)}`;
    const { body } = await desk.send({ to: national, purpose: 'reminder', body: 'Hello' });
    expect(await textOf(body['id'])).toMatchObject({ to_number: to });
  });

  it('says how long words are counted, and warns of what carriers hold back', async () => {
    const { body } = await desk.send({
      to: newNumber(),
      purpose: 'reminder',
      body: `${'é'.repeat(1)}${'😀'.repeat(60)}`,
    });
    expect(body).toMatchObject({ encoding: 'UCS-2', segments: 3 });
    const shouted = await desk.send({ to: newNumber(), purpose: 'reminder', body: 'This is FREE today!!!' });
    expect(shouted.body['warnings']).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'many-marks', advice: expect.any(String) })]),
    );
    expect(JSON.stringify(shouted.body)).not.toContain('!!!');
  });

  it('to somebody who asked for none is kept as suppressed, with the reason, and nothing leaves', async () => {
    const to = newNumber();
    await inClinic('insert into opt_outs (org_id, phone, opted_out_at) values ($1, $2, now())', [desk.clinic.id, to]);
    const { status, body } = await desk.send({ to, purpose: 'reminder', body: 'Hello' });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      state: 'suppressed',
      suppressed: { reason: 'opted-out', words: 'the person asked for no more texts' },
    });
    expect(await textOf(body['id'])).toMatchObject({ state: 'suppressed', next_attempt_at: null });
    const long = await desk.send({ to, purpose: 'reminder', body: 'Please read all of this. '.repeat(60) });
    expect(long.body).toMatchObject({ state: 'suppressed' });
    expect(await rows(`select 1 from outbound_messages where to_number = $1 and state <> 'suppressed'`, [to])).toEqual(
      [],
    );
  });

  it('for marketing needs a written consent', async () => {
    const to = newNumber();
    const before = await desk.send({ to, purpose: 'marketing', body: 'A peel in May?' });
    expect(before.body).toMatchObject({ state: 'suppressed', suppressed: { reason: 'no-marketing-consent' } });
    await inClinic('insert into marketing_consents (org_id, phone, given_at) values ($1, $2, now())', [
      desk.clinic.id,
      to,
    ]);
    const after = await desk.send({ to, purpose: 'marketing', body: 'A peel in May?' });
    expect(after.body).toMatchObject({ state: 'queued', suppressed: null });
  });

  it('waits for the end of quiet hours, and says until when', async () => {
    // The one hour of the day in which nobody may text, moved to now.
    const open = await desk.send({ to: newNumber(), purpose: 'reminder', body: 'Hello' });
    await inClinic("update organizations set texts_from = '11:58', texts_until = '11:59' where id = $1", [
      desk.clinic.id,
    ]);
    const { body } = await desk.send({ to: newNumber(), purpose: 'reminder', body: 'Hello' });
    await inClinic("update organizations set texts_from = '08:00', texts_until = '21:00' where id = $1", [
      desk.clinic.id,
    ]);
    expect(open.status).toBe(202);
    const isTheMinute = body['willLeaveAt'] === null; // this test ran within it
    if (!isTheMinute) expect(Date.parse(String(body['willLeaveAt']))).toBeGreaterThan(Date.now());
    expect(body['state']).toBe('queued');
    const reply = await desk.send({ to: (await personWhoWrote()).phone, purpose: 'reply', body: 'Hello' });
    expect(reply.body).toMatchObject({ state: 'queued', willLeaveAt: null });
  });

  it('with a name for its cause is asked for once, however often and under whatever key', async () => {
    const to = newNumber();
    const text = { to, purpose: 'reminder', body: 'Your order is here.', causeKey: `order-${to}` };
    const [first, second] = [await desk.send(text), await desk.send(text)];
    expect(second.body['id']).toBe(first.body['id']);
    const other = await desk.send({ ...text, body: 'Your other order is here.' });
    expect({ status: other.status, code: other.body['code'] }).toEqual({ status: 409, code: 'conflict' });
    expect(await rows('select 1 from outbound_messages where to_number = $1', [to])).toHaveLength(1);
  });

  it('that is suppressed is told with the same reason when its cause is named again', async () => {
    const to = newNumber();
    const text = { to, purpose: 'marketing', body: 'Spring is here.', causeKey: `spring-${to}` };
    const [first, second] = [await desk.send(text), await desk.send(text)];
    expect(first.body['suppressed']).toMatchObject({ reason: 'no-marketing-consent' });
    expect(second.body).toEqual(first.body);
  });
});

describe('a text that is not sent', () => {
  const refused = async (change: Record<string, unknown>) => {
    const { status, body } = await desk.send({ to: newNumber(), purpose: 'reminder', body: 'Hello', ...change });
    return { status, code: body['code'], errors: body['errors'] };
  };
  const wrong = (pointer: string) => ({
    status: 422,
    code: 'invalid-fields',
    errors: [expect.objectContaining({ pointer, detail: expect.any(String), mend: expect.any(String) })],
  });

  it.each([
    ['to a number that cannot be', { to: '+1480555' }, '#/to'],
    ['to words', { to: 'Ana' }, '#/to'],
    ['without words', { body: '' }, '#/body'],
    ['of nothing that can be seen', { body: ' \u200b\n' }, '#/body'],
    ['with too many words', { body: 'a'.repeat(1_601) }, '#/body'],
    ['with a card number', { body: 'Card 4242 4242 4242 4242' }, '#/body'],
    ['with a shortened link', { body: 'See https://bit.ly/3xyz' }, '#/body'],
    ['with a link elsewhere', { body: 'See https://elsewhere.example/x' }, '#/body'],
    ['without a purpose', { purpose: undefined }, '#/purpose'],
    ['with another purpose', { purpose: 'fun' }, '#/purpose'],
    [
      'with a picture that is not https',
      { mediaUrls: ['https://a.example/1.png', 'http://a.example/2.png'] },
      '#/mediaUrls/1',
    ],
    ['with a field that nobody knows', { colour: 'red' }, '#/colour'],
    ['as a reply to somebody who never wrote', { purpose: 'reply' }, '#/purpose'],
  ])('%s says which field and what to do', async (_, change, pointer) => {
    expect(await refused(change)).toEqual(wrong(pointer));
  });

  it('to the number of the clinic itself', async () => {
    expect(await refused({ to: desk.clinic.location.number })).toEqual(wrong('#/to'));
  });

  it('says it in words of people, each thing once', async () => {
    const tries = { to: '+16025550100', body: '', mediaUrls: ['http://a'], purpose: 'spam' };
    const { body } = await desk.send(tries);
    const errors = body['errors'] as { pointer: string; detail: string }[]; // as just refused
    expect(errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).toSorted()).toEqual([
      '#/body: it is empty',
      '#/mediaUrls/0: it is no such address',
      '#/purpose: it is none of reply, reminder, marketing',
    ]);
    const { body: none } = await desk.send({}, { raw: '[]' });
    expect(none['errors']).toEqual([
      { pointer: '#', detail: 'it is not of type object', mend: 'send an object with the fields of this request' },
    ]);
  });

  it('names every wrong field at once, and repeats none of their values', async () => {
    const { status, body } = await desk.send({ to: 'secret-value', purpose: 'secret-value', body: 7 });
    expect(status).toBe(422);
    const errors = body['errors'] as { pointer: string }[]; // as just refused
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['#/body', '#/purpose', '#/to']);
    expect(JSON.stringify(body)).not.toContain('secret-value');
  });

  it('leaves nobody behind that the clinic had not met', async () => {
    const to = newNumber();
    await desk.send({ to, purpose: 'reply', body: 'Hello' });
    expect(await rows('select 1 from contacts where phone = $1', [to])).toEqual([]);
  });

  it('from a clinic without a number', async () => {
    const bare = newId();
    const client = await database.owner.connect();
    await client.query('begin');
    await client.query("select set_config('app.org_ids', $1, true)", [bare]);
    await client.query("insert into organizations (id, name, time_zone) values ($1, 'Bare', 'America/Phoenix')", [
      bare,
    ]);
    await client.query('commit');
    client.release();
    const token = await desk.issuer.mint({ orgs: { [bare]: 'owner' } });
    const { status, body } = await desk.send(
      { orgId: bare, to: newNumber(), purpose: 'reminder', body: 'Hi' },
      { token },
    );
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'conflict' });
  });
});

describe('what became of texts', () => {
  it('is told with each try at a carrier', async () => {
    const { body: sent } = await desk.send({ to: newNumber(), purpose: 'reminder', body: 'Hello' });
    await inClinic(
      `insert into send_attempts (org_id, id, message_id, number, channel, provider, started_at, outcome, error_code, finished_at)
       values ($1, $2, $4, 1, 'whatsapp', 'meta', now(), 'refused', '131026', now()),
         ($1, $3, $4, 2, null, 'telnyx', now(), 'refused', '40002', now())`,
      [desk.clinic.id, newId(), newId(), sent['id']],
    );
    const { status, body } = await desk.ask(`/admin/messages/${String(sent['id'])}?orgId=${desk.clinic.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: sent['id'],
      body: expect.stringContaining('Hello.'),
      tries: [
        { number: 1, channel: 'whatsapp', carrier: 'meta', outcome: 'refused', errorCode: '131026' },
        { number: 2, channel: 'sms', carrier: 'telnyx', outcome: 'refused', errorCode: '40002' },
      ],
    });
  });

  it('is told to viewers without words and numbers', async () => {
    const to = newNumber();
    const { body: sent } = await desk.send({ to, purpose: 'reminder', body: 'Private words' });
    const { body } = await desk.ask(`/admin/messages/${String(sent['id'])}?orgId=${desk.clinic.id}`, {
      token: desk.tokens.viewer,
    });
    expect(body).toMatchObject({ body: null, to: `${to.slice(0, 5)}•••${to.slice(-4)}` });
    const search = `/admin/messages?orgId=${desk.clinic.id}&to=${encodeURIComponent(to)}`;
    const tried = await desk.ask(search, { token: desk.tokens.viewer });
    expect({ status: tried.status, code: tried.body['code'] }).toEqual({ status: 403, code: 'role-too-small' });
    expect((await desk.ask(search, { token: desk.tokens.manager })).body['items']).toHaveLength(1);
  });

  it('comes a page at a time, newest first, each text once, whatever is added and deleted meanwhile', async () => {
    await using theirs = await startDesk(database);
    const sent: unknown[] = [];
    for (let n = 0; n < 5; n += 1) {
      sent.unshift((await theirs.send({ to: newNumber(), purpose: 'reminder', body: `Text ${n}` })).body['id']);
    }
    const seen: unknown[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const { body } = await theirs.ask(`/admin/messages?orgId=${theirs.clinic.id}&limit=2${cursor}`);
      seen.push(...(body['items'] as { id: string }[]).map(({ id }) => id)); // the shape of a page
      cursor = typeof body['nextCursor'] === 'string' ? `&cursor=${body['nextCursor']}` : null;
      pages += 1;
      await theirs.send({ to: newNumber(), purpose: 'reminder', body: 'Newer than the first page' });
      await database.owner.query('delete from outbound_messages where id = $1', [seen.at(-1)]);
    }
    expect({ seen, pages }).toEqual({ seen: sent, pages: 3 });
    const queued = await theirs.ask(`/admin/messages?orgId=${theirs.clinic.id}&state=delivered`);
    expect(queued.body).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=2&limit=3', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['state=lost', 'state'],
    ['to=Ana', 'to'],
    ['page=2', 'page'],
  ])('refuses the query %s', async (query, parameter) => {
    const { status, body } = await desk.ask(`/admin/messages?orgId=${desk.clinic.id}&${query}`);
    expect(status).toBe(422);
    expect(body['errors']).toEqual([expect.objectContaining({ parameter })]);
  });
});

describe('a text sent by hand on WhatsApp', () => {
  const onWhatsApp = async (wroteHoursAgo: number) => {
    const person = await createTestPerson(database.owner, desk.clinic);
    const at = new Date(Date.now() - wroteHoursAgo * 3_600_000);
    const { id, location } = desk.clinic;
    await inClinic(
      "update conversations set channel = 'whatsapp', last_inbound_at = $3 where org_id = $1 and id = $2",
      [id, person.conversationId, at],
    );
    await inClinic(
      `insert into inbound_messages (org_id, id, conversation_id, channel, from_number, to_number, body, digest, provider,
         provider_message_id, received_at)
       values ($1, $2::uuid, $3, 'whatsapp', $4, $5, 'Hi', '', 'meta', $2::text, $6)`,
      [id, newId(), person.conversationId, person.phone, location.number, at],
    );
    return person;
  };
  const connect = () =>
    inClinic(
      `insert into whatsapp_senders (org_id, id, location_id, provider, e164, phone_number_id, waba_id, state, created_at, state_at)
       values ($1, $2, $3, 'meta', $4, '106000', 'waba', 'online', now(), now())`,
      [desk.clinic.id, newId(), desk.clinic.location.id, desk.clinic.location.number],
    );
  const approve = () =>
    inClinic(
      `insert into message_templates (org_id, id, provider, account, name, language, category, kinds, body, value_names, examples,
         external_id, state, created_at, state_at)
       values ($1, $2, 'meta', 'waba', 'by_hand', 'en_US', 'utility', '{by-hand}', 'A message from {{1}}: {{2}} Please reply.',
         '{clinic,text}', '{a,b}', '1', 'approved', now(), now())`,
      [desk.clinic.id, newId()],
    );
  const reply = { purpose: 'reply', body: 'Your cream is here.' };

  it('says what it leaves as, or why it does not and what to do', async () => {
    const stranger = await desk.send({ ...reply, to: newNumber(), purpose: 'reminder', channel: 'whatsapp' });
    expect(stranger).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/connect one, or give channel sms/) },
    });
    await connect();

    const lately = await desk.send({ ...reply, to: (await onWhatsApp(1)).phone });
    expect(lately.body).toMatchObject({ state: 'queued', channel: 'whatsapp', segments: null, template: null });

    const { phone: to } = await onWhatsApp(25);
    const outside = await desk.send({ ...reply, to });
    expect(outside.body).toMatchObject({
      state: 'suppressed',
      channel: 'whatsapp',
      suppressed: { reason: 'outside-window' },
    });
    const bySms = await desk.send({ ...reply, to, channel: 'sms' });
    expect(bySms.body).toMatchObject({ state: 'queued', channel: 'sms', segments: 1, suppressed: null });

    await approve();
    const asTemplate = await desk.send({ ...reply, to });
    expect(asTemplate.body).toMatchObject({
      state: 'queued',
      channel: 'whatsapp',
      template: {
        name: 'by_hand',
        language: 'en_US',
        words: 'A message from Radiance Medspa: Your cream is here. Please reply.',
      },
    });
    const { body } = await desk.ask(`/admin/messages/${String(asTemplate.body['id'])}?orgId=${desk.clinic.id}`);
    expect(body).toMatchObject({ channel: 'whatsapp', templateId: null, body: expect.stringContaining(reply.body) });
  });

  it('is told as the SMS that it will be, to somebody who is known not to be there', async () => {
    const { phone: to } = await onWhatsApp(1);
    const { body: first } = await desk.send({ ...reply, to });
    const tellsSo = 'update outbound_messages set not_on_whatsapp_at = now() where org_id = $1 and id = $2';
    await inClinic(tellsSo, [desk.clinic.id, first['id']]);
    const { body } = await desk.send({ ...reply, to });
    expect(body).toMatchObject({ state: 'queued', channel: 'sms', segments: 1, encoding: 'GSM-7', template: null });
  });

  it('knows a text again by its cause though its template took the place of its words', async () => {
    const { phone: to } = await onWhatsApp(25);
    const causeKey = newId();
    const { body } = await desk.send({ ...reply, to, causeKey });
    await inClinic(
      `update outbound_messages set body = 'A message from Radiance Medspa: …', state = 'sent', template_id = $3
       where org_id = $1 and id = $2`,
      [desk.clinic.id, body['id'], newId()],
    );
    expect((await desk.send({ ...reply, to, causeKey })).body).toMatchObject({ id: body['id'], state: 'sent' });
    expect((await desk.send({ ...reply, body: 'Another one.', to, causeKey })).status).toBe(409);
  });

  it('finds people by their id at WhatsApp who wrote, and nobody else', async () => {
    const { contactId, phone } = await onWhatsApp(1);
    await inClinic('insert into whatsapp_users (org_id, user_id, contact_id, created_at) values ($1, $2, $3, now())', [
      desk.clinic.id,
      'US.1349',
      contactId,
    ]);
    const { body } = await desk.send({ ...reply, to: 'wa:US.1349' });
    expect(await textOf(body['id'])).toMatchObject({ to_number: phone, channel: 'whatsapp' });
    expect((await desk.send({ ...reply, to: 'wa:US.1' })).status).toBe(422);
  });
});
