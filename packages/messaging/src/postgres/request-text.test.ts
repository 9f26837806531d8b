import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@frontdesk/kernel';
import { openTextDesk, type TextDesk } from '../../test/text-desk.ts';
import type { TextClass } from '../text-class.ts';
import { requestText } from './request-text.ts';

let desk: TextDesk;
beforeAll(async () => {
  desk = await openTextDesk();
});
afterAll(() => desk.close());

type Row = { id: Id; body: string; cause_key: string; segments: number; encoding: string; content_warnings: string[] };

async function textsTo({ conversationId }: { conversationId: Id }): Promise<Row[]> {
  const { rows } = await desk.server.owner.query(
    'select * from outbound_messages where conversation_id = $1 order by seq',
    [conversationId],
  );
  return rows as Row[]; // the columns of the table
}
const introduction = /^Radiance Medspa: (?:.* )?Reply STOP to opt out/;

describe('the first text to a person', () => {
  it.each<TextClass>(['reply', 'missed-call', 'reminder', 'marketing'])(
    'introduces the clinic, once, whatever it is: %s',
    async (ofClass) => {
      const person = await desk.person();
      await desk.request(person, { class: ofClass, body: 'First.' });
      await desk.request(person, { class: 'reply', body: 'Second.' });
      const bodies = (await textsTo(person)).map(({ body }) => body);
      expect(bodies).toEqual([expect.stringMatching(introduction), 'Second.']);
    },
  );

  it('introduces the clinic after keyword answers, too, which have words of their own', async () => {
    const person = await desk.person();
    await desk.request(person, { class: 'keyword-answer', kind: 'help-answer', body: 'Help.' });
    await desk.request(person, { body: 'First.' });
    const bodies = (await textsTo(person)).map(({ body }) => body);
    expect(bodies).toEqual(['Help.', expect.stringMatching(introduction)]);
  });

  it.each(['failed', 'suppressed', 'undelivered'])('is the next one when the one before was %s', async (state) => {
    const person = await desk.person();
    const lost = await desk.request(person, { body: 'First.' });
    await desk.server.owner.query('update outbound_messages set state = $2 where id = $1', [lost, state]);
    await desk.request(person, { body: 'Second.' });
    expect((await textsTo(person))[1]?.body).toMatch(introduction);
  });

  it('is the one that leaves first, even when another was asked for before', async () => {
    const person = await desk.person();
    const tomorrow = await desk.request(person, { class: 'reminder', body: 'Your visit is on Tuesday.' });
    const reply = await desk.request(person, { class: 'reply', body: 'We are open.' });
    await desk.server.owner.query(`update outbound_messages set next_attempt_at = $2, created_at = $2 where id = $1`, [
      tomorrow,
      new Date(desk.now().epochMilliseconds + 3_600_000),
    ]);
    await desk.send(reply);
    desk.pass({ hours: 1 });
    await desk.send(tomorrow);
    const [reminder, answer] = await textsTo(person);
    expect(answer?.body).toBe('Radiance Medspa: We are open. Reply STOP to opt out.');
    expect(reminder?.body).toBe('Radiance Medspa: Your visit is on Tuesday.');
    expect(desk.sent.filter(({ to }) => to === person.phone).map(({ body }) => body)).toEqual([
      answer?.body,
      reminder?.body,
    ]);
  });

  it('is one of several that leave at the same time', async () => {
    const person = await desk.person();
    const ids = await Promise.all(['One.', 'Two.', 'Three.'].map((body) => desk.request(person, { body })));
    desk.pass({ seconds: 31 }); // none waits for another any more
    await Promise.all(ids.map((id) => desk.send(id)));
    const bodies = desk.sent.filter(({ to }) => to === person.phone).map(({ body }) => body);
    expect(bodies).toHaveLength(3);
    expect(bodies.filter((body) => body.includes('Reply STOP to opt out.'))).toHaveLength(1);
  });

  it.each([42, 100])(
    'says the way out in its first part when it is %i sentences long, and only there',
    async (sentences) => {
      const person = await desk.person();
      await desk.request(person, { body: 'We are happy to help you with that. '.repeat(sentences) });
      desk.sent.length = 0;
      for (const { id } of await textsTo(person)) {
        await desk.send(id);
        desk.pass({ seconds: 1 });
      }
      const [first, ...more] = desk.sent.map(({ body }) => body);
      expect(first).toMatch(introduction);
      expect(more.join(' ')).toMatch(/^We are happy(?!.*STOP)/);
    },
  );

  it('costs what its words cost', async () => {
    const person = await desk.person();
    const first = await desk.request(person, { body: 'First.' });
    const second = await desk.request(person, { body: 'a'.repeat(150) });
    await desk.server.owner.query(
      `update outbound_messages set state = 'failed', next_attempt_at = null where id = $1`,
      [first],
    );
    await desk.send(second);
    const [, sent] = await textsTo(person);
    expect(sent).toMatchObject({ body: expect.stringMatching(introduction), segments: 2, encoding: 'GSM-7' });
  });

  it('introduces nobody to staff', async () => {
    const { rows } = await desk.server.owner.query<{ id: Id }>(
      `insert into staff_members (org_id, id, name, phone) values ($1, gen_random_uuid(), 'Kim', '+14805550188') returning id`,
      [desk.clinic.id],
    );
    const staffMemberId = rows[0]?.id ?? newId();
    const person = await desk.person();
    const id = await desk.request(person, { recipient: { staffMemberId }, class: 'staff-notice', body: 'Booked.' });
    const { rows: texts } = await desk.server.owner.query('select body from outbound_messages where id = $1', [id]);
    expect(texts).toEqual([{ body: 'Booked.' }]);
  });
});

describe('what a text costs', () => {
  it('is known as soon as it is asked for, of the words that will leave', async () => {
    const person = await desk.person();
    await desk.request(person, { body: 'Hello.' });
    await desk.request(person, { body: `It’s “ready” … ${'a'.repeat(140)}` });
    await desk.request(person, { body: 'María, see you 😊' });
    const costs = (await textsTo(person)).map(({ segments, encoding }) => [segments, encoding]);
    expect(costs).toEqual([
      [1, 'GSM-7'],
      [1, 'GSM-7'],
      [1, 'UCS-2'],
    ]);
  });

  it('comes with the codes of what carriers may hold back', async () => {
    const person = await desk.person();
    await desk.request(person, { body: 'Your semaglutide is ready, act now!!!' });
    const [row] = await textsTo(person);
    expect(row?.content_warnings.toSorted()).toEqual(['bait', 'drug-name', 'many-marks']);
  });
});

describe('a text that is too long for one', () => {
  const long = 'We are happy to help you with that. '.repeat(120).trim();

  it('becomes several, in order, each with its row, its event and a cause of its own', async () => {
    const person = await desk.person();
    await desk.request(person, { body: 'Hello.' });
    const id = await desk.request(person, { body: long, causeKey: 'long', mediaUrls: ['https://a.example/b.png'] });
    const [, ...parts] = await textsTo(person);
    expect(parts.map(({ body }) => body).join(' ')).toBe(long);
    expect(parts.map(({ cause_key }) => cause_key)).toEqual(['long', 'long:part-2', 'long:part-3']);
    expect(parts[0]?.id).toBe(id);
    const { rows: media } = await desk.server.owner.query(
      `select cause_key from outbound_messages where media_urls <> '{}' and conversation_id = $1`,
      [person.conversationId],
    );
    expect(media).toEqual([{ cause_key: 'long' }]);
    const { rows: events } = await desk.server.owner.query(
      `select envelope->'data'->>'messageId' as id from outbox where envelope->'data'->>'messageId' = any($1) order by id`,
      [parts.map((part) => part.id)],
    );
    expect(events).toEqual(parts.map((part) => ({ id: part.id })));
  });

  it('is asked for once, however often its cause repeats', async () => {
    const person = await desk.person();
    const asked = await desk.request(person, { body: long, causeKey: 'once' });
    const again = await desk.database.inTenant(desk.clinic.id, (tx) =>
      requestText(tx, {
        orgId: desk.clinic.id,
        recipient: person,
        from: desk.clinic.location.number,
        to: person.phone,
        class: 'reply',
        kind: 'answer',
        body: long,
        causeKey: 'once',
        correlationId: person.conversationId,
        causationId: null,
        now: desk.now(),
      }),
    );
    expect(again).toBeNull();
    expect((await textsTo(person)).map(({ id }) => id)[0]).toBe(asked);
    expect(await textsTo(person)).toHaveLength(3);
  });
});

describe('a text on WhatsApp that is too long for one', () => {
  it('gives what a template may say of it to the first part alone, and what there is to choose to the last', async () => {
    const person = await desk.person();
    const choices = [{ id: 'yes', title: 'Yes' }];
    await desk.request(person, {
      channel: 'whatsapp',
      kind: 'by-hand',
      body: 'Words and words. '.repeat(300),
      values: { clinic: 'Radiance Medspa' },
      choices,
    });
    const { rows } = await desk.server.owner.query(
      'select template_values, choices from outbound_messages where conversation_id = $1 order by seq',
      [person.conversationId],
    );
    expect(rows).toEqual([
      { template_values: { clinic: 'Radiance Medspa' }, choices: [] },
      { template_values: {}, choices },
    ]);
  });
});
