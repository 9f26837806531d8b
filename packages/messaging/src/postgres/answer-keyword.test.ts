import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@frontdesk/kernel';
import type { TestPerson } from '@frontdesk/testkit';
import { answerTo, storeKeyword } from '../../test/received-text.ts';
import { openTextDesk, type TextDesk } from '../../test/text-desk.ts';
import type { Keyword } from '../keywords.ts';
import type { KeywordReceived } from './answer-keyword.ts';

let desk: TextDesk;
beforeAll(async () => {
  desk = await openTextDesk();
});
afterAll(() => desk.close());

const receive = (person: TestPerson, keyword: Keyword, body?: string) => storeKeyword(desk, person, keyword, body);

/** What left for the person in the end. */
async function answered(person: TestPerson, messageId: Id, keyword: Keyword, change: Partial<KeywordReceived> = {}) {
  desk.sent.length = 0;
  const effect = await answerTo(desk, person, { messageId, keyword, ...change });
  const { rows } = await desk.server.owner.query<{ id: Id }>(
    "select id from outbound_messages where to_number = $1 and state = 'queued' order by seq",
    [person.phone],
  );
  for (const { id } of rows) await desk.send(id);
  return { effect, texts: desk.sent.map(({ body }) => body) };
}

describe('STOP', () => {
  it('is confirmed by one text that names the clinic and the way back, although texts are now stopped', async () => {
    const person = await desk.person();
    const { texts } = await answered(person, await receive(person, 'stop'), 'stop');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(desk.clinic.name);
    expect(texts[0]).toMatch(/no more texts.*START.*HELP/);
  });

  it('is confirmed once, however often it is said', async () => {
    const person = await desk.person();
    await answered(person, await receive(person, 'stop'), 'stop');
    desk.pass({ seconds: 10 });
    expect(await answered(person, await receive(person, 'stop'), 'stop')).toEqual({
      effect: 'nothing-changed',
      texts: [],
    });
  });

  it('is confirmed once when the same event comes twice', async () => {
    const person = await desk.person();
    const messageId = await receive(person, 'stop');
    await answered(person, messageId, 'stop');
    expect((await answered(person, messageId, 'stop')).texts).toEqual([]);
  });

  it('gets no second answer when the carrier gave one', async () => {
    const person = await desk.person();
    const messageId = await receive(person, 'stop');
    const result = await answered(person, messageId, 'stop', { answeredByCarrier: true });
    expect(result).toEqual({ effect: 'carrier-answered', texts: [] });
  });

  it('is not confirmed more than five minutes later', async () => {
    const person = await desk.person();
    const messageId = await receive(person, 'stop');
    desk.pass({ minutes: 5 });
    expect(await answered(person, messageId, 'stop')).toEqual({ effect: 'too-late', texts: [] });
  });

  it('is not confirmed when the confirmation itself is held up for five minutes', async () => {
    const person = await desk.person();
    const messageId = await receive(person, 'stop');
    desk.answers({ kind: 'retryable', code: '10011', retryAfterMs: 300_000 });
    await answered(person, messageId, 'stop');
    desk.pass({ minutes: 6 });
    const { rows } = await desk.server.owner.query<{ id: Id }>(
      'select id from outbound_messages where to_number = $1',
      [person.phone],
    );
    for (const { id } of rows) await desk.send(id);
    expect(desk.sent).toHaveLength(1);
    expect(await desk.text(String(rows[0]?.id))).toMatchObject({ state: 'suppressed' });
  });
});

describe('HELP', () => {
  it('is answered with who we are, a phone number and the way out', async () => {
    const person = await desk.person();
    const { texts } = await answered(person, await receive(person, 'help'), 'help');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(desk.clinic.name);
    expect(texts[0]).toMatch(/\(480\) \d{3}-\d{4}.*STOP/);
  });

  it('is answered also to a person who opted out', async () => {
    const person = await desk.person();
    await answered(person, await receive(person, 'stop'), 'stop');
    desk.pass({ minutes: 1 });
    expect((await answered(person, await receive(person, 'help'), 'help')).texts).toHaveLength(1);
  });
});

describe('START', () => {
  it('is confirmed, with the way out, to a person who had opted out', async () => {
    const person = await desk.person();
    await answered(person, await receive(person, 'stop'), 'stop');
    desk.pass({ minutes: 1 });
    const { texts } = await answered(person, await receive(person, 'start'), 'start');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/STOP/);
  });

  it('welcomes a person who begins with it', async () => {
    const person = await desk.person();
    expect(await answered(person, await receive(person, 'start'), 'start')).toEqual({
      effect: 'answered',
      texts: [expect.stringContaining('STOP to stop')],
    });
  });
});

describe('the words of the answer', () => {
  it.each([
    ['ALTO', 'stop', /ya no le enviaremos mensajes.*START.*HELP/],
    ['Ayuda', 'help', /llame al \(480\) \d{3}-\d{4}.*STOP/],
    ['empezar', 'start', /le enviaremos nuestros mensajes.*HELP.*STOP/],
  ] as const)('are Spanish where the keyword was: %s', async (body, keyword, words) => {
    const person = await desk.person();
    const { texts } = await answered(person, await receive(person, keyword, body), keyword);
    expect(texts).toEqual([expect.stringMatching(words)]);
    expect(texts[0]).toContain(desk.clinic.name);
  });

  it("are the clinic's own where it has some", async () => {
    const own = `${desk.clinic.name}: done, no more texts. START brings them back.`;
    const set = (texts: object) =>
      desk.server.owner.query('update organizations set keyword_texts = $2 where id = $1', [desk.clinic.id, texts]);
    await set({ stop: { en: own } });
    const [ana, ben] = [await desk.person(), await desk.person()];
    expect((await answered(ana, await receive(ana, 'stop', 'Stop'), 'stop')).texts).toEqual([own]);
    expect((await answered(ben, await receive(ben, 'stop', 'Alto'), 'stop')).texts).toEqual([
      expect.stringContaining('ya no le enviaremos'),
    ]);
    await set({});
  });
});
