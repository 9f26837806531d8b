import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { storedId, textCarriers } from './carriers.ts';
import { addSender, newNumber } from './desk.ts';
import { metaMessage } from './meta-webhooks.ts';
import { useDesk } from './use-desk.ts';
import { callEvent, received } from './webhooks.ts';

const on = useDesk();

const addNumber = async (number: string) => {
  await on.database.owner.query(
    `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($1, $2, $3, 'profile')`,
    [number, on.clinic.id, on.clinic.location.id],
  );
  await addSender(on.database, on.clinic, { number });
};

describe.each(textCarriers)('a text over $name to a clinic', (carrier) => {
  const send = (text: Parameters<typeof carrier.text>[0]) => on.desk.send(carrier.text(text));

  it('is stored with its person and conversation, announced, and only then answered 200', async () => {
    const from = newNumber();
    const messageId = newId();
    expect((await send({ from, to: on.to, text: 'Do you do Botox? 💉', messageId })).status).toBe(200);
    const [text, ...others] = await on.rows.texts(from);
    expect(others).toEqual([]);
    expect(text).toMatchObject({
      org_id: on.clinic.id,
      body: 'Do you do Botox? 💉',
      handled_by: null,
      to_number: on.to,
      provider: carrier.provider,
      channel: carrier.channel,
      attachments: [],
    });
    const [conversation] = await on.rows.conversations(from);
    expect(conversation).toMatchObject({ org_id: on.clinic.id, clinic_number: on.to, channel: carrier.channel });
    const [event] = (await on.rows.events(on.clinic)).filter(({ correlationId }) => correlationId === conversation?.id);
    expect(event).toMatchObject({ type: 'conversation.text-received.v1', data: { conversationId: conversation?.id } });
    expect(await on.rows.webhooks(storedId(carrier, 'message', messageId))).toMatchObject([
      { org_id: on.clinic.id, kind: 'message.received' },
    ]);
  });

  it('joins the conversation that the person has', async () => {
    const from = newNumber();
    await send({ from, to: on.to, text: 'Hi' });
    await send({ from, to: on.to, text: 'Anybody there?' });
    expect(await on.rows.conversations(from)).toHaveLength(1);
    expect((await on.rows.texts(from)).map(({ body }) => body)).toEqual(['Hi', 'Anybody there?']);
  });

  it('is stored with all others of a burst, in one conversation', async () => {
    const from = newNumber();
    const words = Array.from({ length: 12 }, (_, n) => `part ${n}`);
    await Promise.all(words.map((text) => send({ from, to: on.to, text })));
    expect((await on.rows.texts(from)).map(({ body }) => body).toSorted()).toEqual(words.toSorted());
    expect(await on.rows.conversations(from)).toHaveLength(1);
    expect(await on.typesOf(from)).toHaveLength(12);
  });

  it.each([
    ['1,600 characters', 'é'.repeat(1_600)],
    ['nothing', ''],
    ['blanks', '   '],
    ['emoji alone', '👩🏽‍⚕️💉'],
    ['signs that mean something in a form', 'a=b&c=100% + ?#'],
  ])('of %s is stored as it came', async (_, text) => {
    const from = newNumber();
    expect((await send({ from, to: on.to, text })).status).toBe(200);
    expect((await on.rows.texts(from))[0]?.body).toBe(text);
  });

  it('with characters that the database cannot hold loses those alone', async () => {
    const from = newNumber();
    const text = { from, to: on.to, text: 'a\u0000b \ud83d c', messageId: `\u0000${newId()}` };
    expect([(await send(text)).status, (await send(text)).status]).toEqual([200, 200]);
    expect((await on.rows.texts(from)).map(({ body }) => body)).toEqual(['ab \ufffd c']);
  });

  it('holds no card number in any row', async () => {
    const from = newNumber();
    const messageId = newId();
    await send({ from, to: on.to, text: 'charge 4111 1111 1111 1111 please', messageId });
    const [text] = await on.rows.texts(from);
    expect(text).toMatchObject({ has_card_number: true, handled_by: null });
    expect(text?.body).toBe('charge [card ending 1111] please');
    const [webhook] = await on.rows.webhooks(storedId(carrier, 'message', messageId));
    expect(JSON.stringify(webhook)).toContain('[card ending 1111]');
    expect(JSON.stringify(webhook)).not.toContain('4111 1111');
  });

  it('moves the conversation to the number last written to', async () => {
    const from = newNumber();
    const second = newNumber();
    await addNumber(second);
    await send({ from, to: on.to, text: 'one' });
    on.pass({ seconds: 1 });
    await send({ from, to: second, text: 'two' });
    expect(await on.rows.conversations(from)).toMatchObject([{ clinic_number: second }]);
  });

  it('never touches another clinic, even for the same person', async () => {
    const other = await on.anotherClinic();
    const from = newNumber();
    await send({ from, to: on.to, text: 'to A' });
    await send({ from, to: other.location.number, text: 'STOP' });
    expect((await on.rows.texts(from)).map(({ org_id: orgId, body }) => [orgId, body])).toEqual([
      [on.clinic.id, 'to A'],
      [other.id, 'STOP'],
    ]);
    expect(await on.rows.optedOut(other, from)).toBe(true);
    expect(await on.rows.optedOut(on.clinic, from)).toBe(false);
    expect(await on.rows.conversations(from)).toHaveLength(2);
  });

  it('to a number of no clinic is kept where people see it', async () => {
    const messageId = newId();
    const from = newNumber();
    expect((await send({ from, to: '+14805550000', text: 'hello?', messageId })).status).toBe(200);
    expect(await on.rows.webhooks(storedId(carrier, 'message', messageId))).toMatchObject([
      { org_id: null, parked_reason: carrier.nobodyHasIt },
    ]);
    expect(await on.rows.texts(from)).toEqual([]);
  });

  it('of a staff member is stored and left to people', async () => {
    const phone = newNumber();
    await on.database.owner.query('insert into staff_members (org_id, id, name, phone) values ($1, $2, $3, $4)', [
      on.clinic.id,
      newId(),
      'Mia',
      phone,
    ]);
    await send({ from: phone, to: on.to, text: 'is it busy?' });
    expect(await on.rows.texts(phone)).toMatchObject([{ handled_by: 'staff' }]);
    expect(await on.typesOf(phone)).toEqual([]);
  });
});

describe('a number that was another clinic’s before', () => {
  const parked = 'it is from before the clinic had the number';
  const since = '2026-11-20T12:00:00Z';
  const newlyOurs = async () => {
    const number = newNumber();
    await on.database.owner.query(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id, assigned_at) values ($1, $2, $3, 'p', $4)`,
      [number, on.clinic.id, on.clinic.location.id, since],
    );
    await addSender(on.database, on.clinic, { number, since });
    return number;
  };
  const at = (minutes: number) => Temporal.Instant.from(since).add({ minutes });

  it.each([
    { when: 'before', minutes: -7, shown: false },
    { when: 'just before, as clocks differ', minutes: -4, shown: true },
    { when: 'since', minutes: 1, shown: true },
  ])('shows its new clinic a text from $when: $shown', async ({ minutes, shown }) => {
    const to = await newlyOurs();
    const [bySms, byWhatsApp, messageId] = [newNumber(), newNumber(), newId()];
    await on.desk.telnyx(
      received({ from: bySms, to, text: 'is it still you?', messageId, received_at: at(minutes).toString() }),
    );
    await on.desk.meta(metaMessage({ from: byWhatsApp, to, text: 'and here?', at: at(minutes) }));
    const seen = [await on.rows.texts(bySms), await on.rows.texts(byWhatsApp)].map((texts) => texts.length === 1);
    expect(seen).toEqual([shown, shown]);
    expect(await on.rows.conversations(bySms)).toHaveLength(shown ? 1 : 0);
    expect(await on.rows.webhooks(messageId)).toMatchObject([
      shown ? { org_id: on.clinic.id, parked_reason: null } : { org_id: null, parked_reason: parked },
    ]);
  });

  it('shows it no call from before either', async () => {
    const [to, from] = [await newlyOurs(), newNumber()];
    for (const minutes of [-10, 10]) {
      const call = callEvent('call.hangup', { from, to, session: `${from}:${minutes}` });
      const event = { data: { ...call.data, occurred_at: at(minutes).toString() } };
      expect((await on.desk.telnyx(event, '/webhooks/telnyx/voice')).status).toBe(200);
    }
    expect(await on.rows.calls(`${from}:-10`)).toEqual([]);
    expect(await on.rows.calls(`${from}:10`)).toHaveLength(1);
  });

  it('has no conversation of the one before', async () => {
    const [before, number, from] = [await on.anotherClinic(), newNumber(), newNumber()];
    const assign = async ({ id, location }: typeof before) => {
      await on.database.owner.query('delete from phone_numbers where e164 = $1', [number]);
      await on.database.owner.query(
        `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($1, $2, $3, 'p')`,
        [number, id, location.id],
      );
    };
    const owners = async () => (await on.rows.texts(from)).map(({ org_id: orgId }) => orgId);
    await assign(before);
    await on.desk.telnyx(received({ from, to: number, text: 'to the one before' }));
    await assign(on.clinic);
    const twin = await on.twin(); // remembers nothing yet
    await twin.telnyx(received({ from, to: number, text: 'to the new one' }));
    await twin.close();
    expect(await owners()).toEqual([before.id, on.clinic.id]);
    expect(await on.rows.conversations(from)).toHaveLength(2);
  });
});

describe('a number', () => {
  it('is followed to the clinic that has it now', async () => {
    const other = await on.anotherClinic();
    const number = newNumber();
    await addNumber(number);
    await on.desk.telnyx(received({ from: newNumber(), to: number, text: 'before' }));
    await on.database.owner.query('update phone_numbers set org_id = $2, location_id = $3 where e164 = $1', [
      number,
      other.id,
      other.location.id,
    ]);
    const ownerOfNext = async () => {
      const from = newNumber();
      await on.desk.telnyx(received({ from, to: number, text: 'after' }));
      return (await on.rows.texts(from))[0]?.org_id;
    };
    const deadline = Date.now() + 5_000;
    let owner = await ownerOfNext();
    while (owner !== other.id && Date.now() < deadline) owner = await ownerOfNext();
    expect(owner).toBe(other.id);
  });

  it('that was written to long ago does not become the number of the conversation again', async () => {
    const from = newNumber();
    const second = newNumber();
    await addNumber(second);
    await on.desk.telnyx(received({ from, to: second, text: 'now' }));
    await on.desk.telnyx(received({ from, to: on.to, text: 'late', received_at: '2020-01-01T00:00:00.000Z' }));
    expect(await on.rows.conversations(from)).toMatchObject([{ clinic_number: second }]);
  });

  it('becomes the number of the conversation, though a clock of the carrier was years ahead before', async () => {
    const from = newNumber();
    const second = newNumber();
    await addNumber(second);
    await on.desk.telnyx(received({ from, to: second, text: 'ahead', received_at: '2999-01-01T00:00:00.000Z' }));
    on.pass({ seconds: 1 });
    await on.desk.telnyx(received({ from, to: on.to, text: 'now', received_at: on.now().toString() }));
    expect(await on.rows.conversations(from)).toMatchObject([{ clinic_number: on.to }]);
  });

  it('of Telnyx may stand bare as the recipient', async () => {
    const from = newNumber();
    const event = received({ from, to: on.to, text: 'over WhatsApp' });
    const answer = await on.desk.telnyx({ data: { ...event.data, payload: { ...event.data.payload, to: on.to } } });
    expect(answer.body.result).toBe('accepted');
    expect(await on.rows.texts(from)).toHaveLength(1);
  });
});
