import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestPerson } from '@frontdesk/testkit';
import { suppressions } from '../src/clear-to-send.ts';
import { openTextDesk, type TextDesk } from './text-desk.ts';

let desk: TextDesk;
let person: TestPerson;
beforeAll(async () => {
  desk = await openTextDesk(); // a clinic in Phoenix; it is Friday, 11:00 there
});
afterAll(() => desk.close());
beforeEach(async () => {
  person = await desk.person();
});

const know = (what: { zone?: string; state?: string }) =>
  desk.server.owner.query('update contacts set time_zone = $2, us_state = $3 where id = $1', [
    person.contactId,
    what.zone ?? null,
    what.state ?? null,
  ]);
const agreeToMarketing = () =>
  desk.server.owner.query('insert into marketing_consents (org_id, phone, given_at) values ($1, $2, now())', [
    desk.clinic.id,
    person.phone,
  ]);
const waitsUntil = async (id: string) => (await desk.text(id))?.next_attempt_at?.toISOString();

describe('the hours of a person, read with the claim', () => {
  it('are those of the zone that staff know', async () => {
    await know({ zone: 'Asia/Tokyo' }); // 3:00 on Saturday
    const id = await desk.request(person, { class: 'reminder' });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'queued', attempts: 0 });
    expect(await waitsUntil(id)).toBe('2026-11-20T23:00:00.000Z'); // 8:00 there
  });

  it('are those of the state that staff know, besides that of the number', async () => {
    await agreeToMarketing();
    await know({ state: 'KY', zone: 'America/Los_Angeles' }); // where it is 9:30, and Kentucky begins at ten
    const early = desk.now().subtract({ minutes: 30 });
    const id = await desk.request(person, { class: 'marketing', now: early });
    desk.pass({ minutes: -30 });
    await desk.send(id);
    desk.pass({ minutes: 30 });
    expect(await waitsUntil(id)).toBe('2026-11-20T18:00:00.000Z');
  });

  it('are looked at again each time: what waited for the morning leaves, unless its time has passed by then', async () => {
    await know({ zone: 'Asia/Tokyo' });
    const lasting = await desk.request(person, { class: 'reminder', expiresAt: desk.now().add({ hours: 6 }) });
    const brief = await desk.request(person, { class: 'reminder', expiresAt: desk.now().add({ hours: 5 }) });
    await desk.send(lasting);
    await desk.send(brief);
    expect(await desk.text(brief)).toMatchObject({ state: 'suppressed', reason: suppressions['too-late-by-morning'] });
    await know({ zone: 'America/Phoenix' });
    await desk.server.owner.query('update outbound_messages set next_attempt_at = $2 where id = $1', [
      lasting,
      new Date(0),
    ]);
    await desk.send(lasting);
    expect(await desk.text(lasting)).toMatchObject({ state: 'sent' });
  });
});

describe('a text that lost its reason before it left', () => {
  it('is suppressed in words, and nobody is troubled', async () => {
    const tasks = desk.opened.length;
    const id = await desk.request(person, { expiresAt: desk.now() });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'suppressed', reason: suppressions.stale, attempts: 0 });
    expect(desk.opened).toHaveLength(tasks);
  });

  it('is suppressed when it is marketing without consent', async () => {
    const id = await desk.request(person, { class: 'marketing' });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'suppressed', reason: suppressions['no-marketing-consent'] });
  });

  it('is suppressed when the hours of the law and of the clinic have none in common, and staff hear of it', async () => {
    await desk.server.owner.query(
      `update organizations set texts_from = '05:00', texts_until = '07:00' where id = $1`,
      [desk.clinic.id],
    );
    const id = await desk.request(person, { class: 'reminder' });
    await desk.send(id);
    await desk.server.owner.query(
      `update organizations set texts_from = '08:00', texts_until = '21:00' where id = $1`,
      [desk.clinic.id],
    );
    expect(await desk.text(id)).toMatchObject({ state: 'suppressed', reason: suppressions['never-allowed'] });
    expect(desk.opened).toContainEqual(expect.objectContaining({ kind: 'text-failed', messageId: id }));
  });
});
