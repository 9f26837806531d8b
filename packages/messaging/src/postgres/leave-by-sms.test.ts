import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, present, withEffectsWithheld, type Id } from '@frontdesk/kernel';
import fc from 'fast-check';
import { openTextDesk, type TextDesk } from '../../test/text-desk.ts';
import { foretellText } from './foretell-text.ts';
import { recordDeliveryReport, type DeliveryReport } from './record-delivery-report.ts';
import { textOfCause } from './text-of-cause.ts';

let desk: TextDesk;
beforeAll(async () => {
  desk = await openTextDesk();
  await desk.connectWhatsApp();
});
beforeEach(() => {
  for (const list of [desk.sent, desk.opened, desk.resolved, rung]) list.length = 0;
});
afterAll(() => desk.close());

/** The texts that somebody is woken for. */
const rung: Id[] = [];

describe('a text that WhatsApp could not bring, since the person is not there,', () => {
  /** Tries a text there; what comes of it can be told. */
  async function tryThere(id: Id) {
    await desk.send(id);
    const attemptId = present((await desk.attempts(id)).at(-1), 'the attempt').id;
    return (status: DeliveryReport['status']) => {
      const of = { orgId: desk.clinic.id, provider: 'meta', attemptId, providerMessageId: `wamid.${attemptId}` };
      const why =
        status === 'failed'
          ? { errorCode: '131026', notOnWhatsApp: true, words: 'they are not there' }
          : { errorCode: null };
      const report = { ...of, ...why, status, now: desk.now() };
      const onQueued = (messageId: Id) => void rung.push(messageId);
      return desk.database.inTenant(desk.clinic.id, (tx) => recordDeliveryReport(tx, report, desk.tasks, { onQueued }));
    };
  }

  const partsOf = async (id: Id) => {
    const { rows } = await desk.server.owner.query<{ id: Id }>(
      "select id from outbound_messages where cause_key like (select cause_key || ':part-%' from outbound_messages where id = $1)",
      [id],
    );
    return rows.map((part) => part.id);
  };

  /** Sends a text to somebody who wrote there. */
  async function sendThere(change: Parameters<TextDesk['request']>[1] = {}) {
    const person = await desk.person();
    await desk.writeOnWhatsApp(person);
    desk.pass({ seconds: 1 });
    const id = await desk.request(person, { channel: 'whatsapp', body: 'See you at 3', ...change });
    const tell = await tryThere(id);
    const bySms = () => desk.sent.filter(({ channel, to }) => channel === 'sms' && to === person.phone);
    return { id, person, tell, bySms };
  }

  it('is due at once as an SMS of the same row, from the number that the person knows', async () => {
    const { id, tell, bySms } = await sendThere();
    expect(await tell('failed')).toBe('queued');
    expect(await tell('failed')).toBe('nothing-new');
    expect(rung).toEqual([id, id]);
    expect(await desk.text(id)).toMatchObject({ state: 'queued', channel: 'sms', next_attempt_at: expect.any(Date) });
    await desk.send(id);
    await desk.send(id);
    expect(bySms()).toMatchObject([
      { from: desk.clinic.location.number, body: expect.stringContaining('See you at 3') },
    ]);
    expect(await desk.attempts(id)).toMatchObject([
      { channel: 'whatsapp', outcome: 'refused', error_code: '131026' },
      { channel: 'sms', outcome: 'accepted' },
    ]);
    expect(await tell('failed')).toBe('nothing-new');
    expect(await desk.text(id)).toMatchObject({ state: 'sent' });
    expect(desk.opened).toEqual([]);
  });

  it('leaves by SMS once at most, and never when it arrived before, in whatever order receipts and sends come', async () => {
    const step = fc.constantFrom('failed', 'sent', 'delivered', 'read', 'send');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const { id, tell, bySms } = await sendThere();
        let [isDue, mayLeave, left] = [false, true, 0];
        for (const each of steps) {
          if (each === 'send') await desk.send(id);
          else await tell(each);
          if (each === 'failed' && mayLeave) isDue = true;
          if (each === 'delivered' || each === 'read') [isDue, mayLeave] = [false, false];
          if (each === 'send' && isDue) [isDue, mayLeave, left] = [false, false, 1];
        }
        expect(bySms()).toHaveLength(left);
      }),
      { numRuns: 25 },
    );
  });

  it('waits for the hours of SMS, and does not leave when it arrives meanwhile', async () => {
    const [causeKey, body] = [newId(), 'Your visit is tomorrow. '.repeat(80)];
    const { id, tell, bySms } = await sendThere({
      class: 'reminder',
      kind: 'visit-reminder',
      body,
      causeKey,
      expiresAt: desk.now().add({ hours: 40 }),
    });
    desk.pass({ hours: 12 });
    await tell('failed');
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'queued', channel: 'sms' });
    const parts = await partsOf(id);
    expect(parts).toHaveLength(1);
    const known = await desk.database.inTenant(desk.clinic.id, (tx) =>
      textOfCause(tx, { orgId: desk.clinic.id, causeKey }),
    );
    expect([known?.says(body), known?.says('Another one.')]).toEqual([true, false]);
    await tell('delivered');
    desk.pass({ hours: 12 });
    for (const each of [id, ...parts]) await desk.send(each);
    expect(bySms()).toEqual([]);
    expect(await desk.text(id)).toMatchObject({ state: 'delivered', channel: 'whatsapp' });
  });

  it('leaves what of it did not arrive, though another part of it did after all', async () => {
    const { id, tell, bySms } = await sendThere({
      class: 'reminder',
      kind: 'visit-reminder',
      body: 'Your visit is tomorrow. '.repeat(180),
      expiresAt: desk.now().add({ hours: 40 }),
    });
    const [second = ''] = await partsOf(id);
    const tellOfSecond = await tryThere(second);
    desk.pass({ hours: 12 });
    for (const each of [tell, tellOfSecond]) await each('failed');
    await tell('delivered');
    desk.pass({ hours: 12 });
    for (const each of [id, ...(await partsOf(id))]) await desk.send(each);
    expect(await desk.text(second)).toMatchObject({ state: 'sent', channel: 'sms' });
    expect(bySms()).toHaveLength(1);
  });

  it('does not leave by a replay whose effects are withheld, and staff are told', async () => {
    const { id, tell, bySms } = await sendThere();
    expect(await withEffectsWithheld({ number: 1 }, () => tell('failed'))).toBe('moved');
    await desk.send(id);
    expect([await desk.text(id), bySms(), rung]).toMatchObject([{ state: 'failed', channel: 'whatsapp' }, [], []]);
    expect(desk.opened).toMatchObject([{ kind: 'text-failed', messageId: id }]);
  });

  it('goes around no closed campaign by another number of the clinic: it waits, or is suppressed', async () => {
    const { id: clinicId, location } = desk.clinic;
    const other = '+16025550199';
    const close = (isClosed: boolean) =>
      desk.server.owner.query('update phone_numbers set campaign_closed = $2 where e164 = $1', [
        location.number,
        isClosed,
      ]);
    await desk.server.owner.query(
      `insert into phone_numbers (org_id, e164, location_id, messaging_profile_id) values ($1, $2, $3, 'profile')`,
      [clinicId, other, location.id],
    );
    const expiresAt = desk.now().add({ hours: 40 });
    const reminder = { class: 'reminder', kind: 'visit-reminder', expiresAt } as const;
    const [answer, kept, late] = [await sendThere(), await sendThere({ expiresAt }), await sendThere(reminder)];
    await close(true);
    for (const { id, tell } of [answer, kept, late]) {
      await tell('failed');
      await desk.send(id);
    }
    expect([await desk.text(answer.id), await desk.text(kept.id)]).toMatchObject([
      { state: 'suppressed', reason: expect.stringMatching(/its campaign is suspended/) },
      { state: 'queued', reason: expect.stringMatching(/until the campaign/) },
    ]);
    const next = await desk.request(answer.person, { channel: 'whatsapp' });
    const asked = { orgId: clinicId, messageId: next, actor: 'test', now: desk.now() };
    const foretold = await desk.database.inTenant(clinicId, (tx) => foretellText(tx, asked));
    expect(foretold).toMatchObject({ kind: 'suppressed', reason: 'campaign-closed' });
    await close(false);
    desk.pass({ minutes: 15 });
    await desk.send(kept.id);
    expect([answer.bySms(), kept.bySms()]).toMatchObject([[], [{ from: location.number }]]);
    // By night it is the hour that it waits for.
    desk.pass({ hours: 12 });
    await desk.send(late.id);
    expect(await desk.text(late.id)).toMatchObject({ state: 'queued', reason: null });
    desk.pass({ hours: 12 });
    await desk.server.owner.query('delete from phone_numbers where e164 = $1', [other]);
  });

  it('is not sent to somebody who stopped the texts', async () => {
    const { id, person, tell, bySms } = await sendThere();
    await tell('failed');
    await desk.optOut(person.phone);
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({
      state: 'suppressed',
      reason: expect.stringContaining('no more texts'),
    });
    expect(bySms()).toEqual([]);
  });

  it.each([
    ['is marketing', { class: 'marketing', kind: 'by-hand' }, { hours: 0 }],
    ['was an answer, of hours ago', {}, { hours: 2 }],
    ['has had its time', { expiresAt: Temporal.Instant.from('2026-11-27T18:00:00Z') }, { hours: 240 }],
  ] as const)('fails as before when it %s, and staff are told', async (_, change, later) => {
    const { id, person, tell } = await sendThere();
    const fields = { class: 'reply', kind: 'answer', expiresAt: null, ...change };
    await desk.server.owner.query('update outbound_messages set class = $2, kind = $3, expires_at = $4 where id = $1', [
      id,
      fields.class,
      fields.kind,
      fields.expiresAt?.toString() ?? null,
    ]);
    desk.pass(later);
    expect(await tell('failed')).toBe('moved');
    expect(await desk.text(id)).toMatchObject({ state: 'failed', channel: 'whatsapp' });
    expect(desk.opened).toMatchObject([{ kind: 'text-failed', conversationId: person.conversationId }]);
  });

  it('tells so for a week of the texts after it, or until the person writes there again', async () => {
    const { person, tell } = await sendThere();
    await tell('failed');
    const next = async () => {
      const id = await desk.request(person, { channel: 'whatsapp', class: 'reminder', kind: 'visit-reminder' });
      const asked = { orgId: desk.clinic.id, messageId: id, actor: 'test', now: desk.now() };
      const foretold = await desk.database.inTenant(desk.clinic.id, (tx) => foretellText(tx, asked));
      expect(foretold).toMatchObject({ kind: 'queued', template: null });
      const isSms = foretold.kind === 'queued' && foretold.bySms !== null;

      await desk.send(id);
      const channel = (await desk.text(id))?.channel;
      expect(isSms).toBe(channel === 'sms');
      return channel;
    };
    desk.pass({ hours: 24 });
    expect(await next()).toBe('sms');
    await desk.writeOnWhatsApp(person);
    desk.pass({ seconds: 1 });
    expect(await next()).toBe('whatsapp');
    desk.pass({ hours: 24 });
    // It is told late of the time before.
    const late = await sendThere();
    desk.pass({ hours: 2 });
    await desk.writeOnWhatsApp(late.person);
    desk.pass({ hours: 2 });
    expect(await late.tell('failed')).toBe('moved');
    const again = await desk.request(late.person, { channel: 'whatsapp' });
    await desk.send(again);
    expect((await desk.text(again))?.channel).toBe('whatsapp');
    const other = await sendThere();
    await other.tell('failed');
    desk.pass({ hours: 7 * 24 });
    const later = await desk.request(other.person, { channel: 'whatsapp' });
    await desk.send(later);
    expect((await desk.text(later))?.channel).toBe('whatsapp');
  });

  it('ends the wait of a text for its sender, and nobody has to look after that any more', async () => {
    const { person, tell } = await sendThere();
    const connect = (state: string) => desk.server.owner.query('update whatsapp_senders set state = $1', [state]);
    await connect('disconnected');
    const id = await desk.request(person, { channel: 'whatsapp', expiresAt: desk.now().add({ hours: 2 }) });
    await desk.send(id);
    expect(desk.opened).toMatchObject([{ messageId: id, reason: expect.stringContaining('not connected') }]);
    await tell('failed');
    desk.pass({ minutes: 15 });
    await desk.send(id);
    await connect('online');
    expect(await desk.text(id)).toMatchObject({ state: 'sent', channel: 'sms' });
    expect(desk.resolved).toEqual(desk.opened.map(({ causeKey }) => causeKey));
  });

  it('fails as before where the clinic has no number for SMS', async () => {
    const { id, tell } = await sendThere();
    const { rows } = await desk.server.owner.query('delete from phone_numbers where org_id = $1 returning *', [
      desk.clinic.id,
    ]);
    expect(rows).not.toEqual([]);
    expect(await tell('failed')).toBe('moved');
    expect(await desk.text(id)).toMatchObject({ state: 'failed', channel: 'whatsapp' });
    expect(desk.opened).toMatchObject([{ kind: 'text-failed' }]);
  });
});
