import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { NotFound, newId } from '@frontdesk/kernel';
import { createTestClinic } from '@frontdesk/testkit';
import { openTextDesk, type TextDesk } from '../test/text-desk.ts';

let desk: TextDesk;
beforeAll(async () => {
  desk = await openTextDesk();
});
beforeEach(() => {
  for (const list of [desk.sent, desk.armed, desk.opened, desk.resolved]) list.length = 0;
  desk.answers();
});
afterAll(() => desk.close());

const timedOut = { kind: 'unknown', code: 'APIUserAbortError' } as const;
const busy = { kind: 'retryable', code: '10011' } as const;

describe('sending a text', () => {
  it('hands it to the carrier once, from the number the patient wrote to, in plain punctuation', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    desk.answers({ kind: 'accepted', providerMessageId: 'tx-1' });
    await desk.send(id);
    const attempts = await desk.attempts(id);
    expect(desk.sent).toMatchObject([
      {
        from: desk.clinic.location.number,
        to: person.phone,
        body: expect.stringContaining("It's ready"),
        attemptId: attempts[0]?.id,
      },
    ]);
    expect(attempts).toMatchObject([{ number: 1, outcome: 'accepted' }]);
    expect(await desk.text(id)).toMatchObject({ state: 'sent', attempts: 1, provider_message_id: 'tx-1' });
  });

  it('calls nobody when it is asked again', async () => {
    const id = await desk.request(await desk.person());
    await desk.send(id);
    await desk.send(id);
    expect(desk.sent).toHaveLength(1);
  });

  it('goes out once when queue, alarm and sweep all bring it at the same moment', async () => {
    const id = await desk.request(await desk.person());
    await Promise.all([desk.send(id), desk.send(id), desk.send(id), desk.send(id)]);
    expect(desk.sent).toHaveLength(1);
    expect(await desk.text(id)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('leaves a text alone that is in other hands, without waiting for them', async () => {
    const id = await desk.request(await desk.person());
    await inTenants(desk.server.owner, [desk.clinic.id], async (client) => {
      await client.query('select 1 from outbound_messages where id = $1 for update', [id]);
      await desk.send(id);
    });
    expect(desk.sent).toEqual([]);
    await desk.send(id);
    expect(desk.sent).toHaveLength(1);
  });

  it('refuses a text that is not there', async () => {
    await expect(desk.send(newId())).rejects.toBeInstanceOf(NotFound);
  });

  it('commits the attempt before the carrier is called', async () => {
    const id = await desk.request(await desk.person());
    desk.answers(async () => {
      expect(await desk.attempts(id)).toMatchObject([{ number: 1, outcome: null }]);
      expect(await desk.text(id)).toMatchObject({ state: 'sending' });
      return { kind: 'accepted', providerMessageId: newId() };
    });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'sent' });
  });

  it('keeps trying to record the answer when the database is away for a moment', async () => {
    const id = await desk.request(await desk.person());
    let failures = 2;
    const inTenant: typeof desk.database.inTenant = (orgId, work) => {
      if (desk.sent.length > 0 && failures-- > 0) throw new Error('the database is away');
      return desk.database.inTenant(orgId, work);
    };
    await desk.send(id, { inTenant });
    expect(await desk.text(id)).toMatchObject({ state: 'sent' });
    expect(desk.sent).toHaveLength(1);
  });
});

describe('a text to somebody who opted out', () => {
  it('is suppressed when STOP came between the request and the send, and nobody has to look into it', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    await desk.optOut(person.phone);
    await desk.send(id);
    expect(desk.sent).toEqual([]);
    expect(await desk.text(id)).toMatchObject({ state: 'suppressed', next_attempt_at: null });
    expect(desk.opened).toEqual([]);
  });

  it('is suppressed when STOP came between a try and its retry', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    desk.answers(busy);
    await desk.send(id);
    await desk.optOut(person.phone);
    desk.pass({ seconds: 1 });
    await desk.send(id);
    expect(desk.sent).toHaveLength(1);
    expect(await desk.text(id)).toMatchObject({ state: 'suppressed' });
  });

  it('goes out when another clinic is the one that was told to stop', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    await desk.optOut(person.phone, await createTestClinic(desk.server.owner));
    await desk.send(id);
    expect(desk.sent).toHaveLength(1);
  });

  it('is known to have stopped once the carrier says so', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    desk.answers({ kind: 'refused', code: '40300', reason: 'stopped at the carrier', optedOut: true });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'suppressed', reason: 'stopped at the carrier' });
    const { rows } = await desk.server.owner.query(
      `select kind, source from consent_events join opt_outs using (org_id, phone) where phone = $1`,
      [person.phone],
    );
    expect(rows).toEqual([{ kind: 'opt-out', source: 'carrier' }]);
    expect(desk.opened).toEqual([]);
    const next = await desk.request(person);
    await desk.send(next);
    expect(desk.sent).toHaveLength(1);
  });
});

describe('a text that cannot be sent', () => {
  it('is given to staff when its number has left the clinic', async () => {
    const id = await desk.request(await desk.person(), { from: '+14805550999' });
    await desk.send(id);
    expect(desk.sent).toEqual([]);
    expect(desk.opened).toMatchObject([{ kind: 'text-failed', messageId: id }]);
  });

  it('is given to staff when the carrier refuses it for good', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    desk.answers({ kind: 'refused', code: '40310', reason: 'the number takes no texts', optedOut: false });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'failed', reason: 'the number takes no texts' });
    expect(await desk.attempts(id)).toMatchObject([{ outcome: 'refused', error_code: '40310' }]);
    expect(desk.opened).toMatchObject([
      { kind: 'text-failed', messageId: id, conversationId: person.conversationId, causeKey: `text-failed:${id}` },
    ]);
  });

  it('is nobody’s task when it was for staff', async () => {
    const [member] = desk.clinic.staff;
    const person = await desk.person();
    const id = await desk.request(person, { recipient: { staffMemberId: String(member?.id) }, class: 'staff-notice' });
    desk.answers({ kind: 'refused', code: '40310', reason: 'no', optedOut: false });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'failed' });
    expect(desk.opened).toEqual([]);
  });
});

describe('a carrier that has no time', () => {
  it('is asked again after full jitter, under the same row', async () => {
    const id = await desk.request(await desk.person());
    desk.answers(busy);
    await desk.send(id);
    const dueAt = desk.now().add({ milliseconds: 500 });
    expect(await desk.text(id)).toMatchObject({ state: 'queued', next_attempt_at: new Date(dueAt.epochMilliseconds) });
    expect(desk.armed).toEqual([{ messageId: id, at: dueAt }]);
    desk.pass({ milliseconds: 500 });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect((await desk.attempts(id)).map(({ outcome }) => outcome)).toEqual(['retryable', 'accepted']);
  });

  it('is not asked before the time it named', async () => {
    const id = await desk.request(await desk.person());
    desk.answers({ ...busy, retryAfterMs: 7_000 });
    await desk.send(id);
    desk.pass({ milliseconds: 6_999 });
    await desk.send(id);
    expect(desk.sent).toHaveLength(1);
    desk.pass({ seconds: 2 });
    await desk.send(id);
    expect(desk.sent).toHaveLength(2);
  });

  it('is given up after the last try, and staff are told', async () => {
    const id = await desk.request(await desk.person());
    desk.answers(busy, busy, busy);
    for (let tries = 0; tries < 5; tries++) {
      await desk.send(id);
      desk.pass({ minutes: 1 });
    }
    expect(desk.sent).toHaveLength(3);
    expect(await desk.text(id)).toMatchObject({ state: 'failed', attempts: 3 });
    expect(desk.opened).toMatchObject([{ kind: 'text-failed', messageId: id }]);
  });
});

describe('a carrier that may have taken the text', () => {
  it('is not asked again', async () => {
    const id = await desk.request(await desk.person());
    desk.answers(timedOut);
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'unknown', next_attempt_at: null });
    desk.pass({ hours: 1 });
    await desk.send(id);
    expect(desk.sent).toHaveLength(1);
  });

  it('would get the text twice if an unknown outcome were retried', async () => {
    const id = await desk.request(await desk.person());
    desk.answers(timedOut);
    await desk.send(id, { treatUnknownAs: 'retryable' });
    desk.pass({ minutes: 1 });
    await desk.send(id);
    expect(desk.sent).toHaveLength(2);
  });
});

describe('two texts to one person', () => {
  it('leave in their order', async () => {
    const person = await desk.person();
    const [first, second] = [await desk.request(person), await desk.request(person)];
    await desk.send(second);
    expect(desk.sent).toEqual([]);
    expect(desk.armed).toEqual([{ messageId: second, at: desk.now().add({ seconds: 1 }) }]);
    await desk.send(first);
    desk.pass({ seconds: 1 });
    await desk.send(second);
    const ids = (await Promise.all([first, second].map(desk.attempts))).map(([attempt]) => attempt?.id);
    expect(desk.sent.map(({ attemptId }) => attemptId)).toEqual(ids);
  });

  it('wait no longer than thirty seconds for each other', async () => {
    const person = await desk.person();
    const first = await desk.request(person);
    const second = await desk.request(person);
    desk.answers({ ...busy, retryAfterMs: 20_000 });
    await desk.send(first);
    desk.pass({ seconds: 10 });
    await desk.send(second);
    expect(desk.sent).toHaveLength(1);
    desk.pass({ seconds: 20 });
    await desk.send(second);
    expect(desk.sent).toHaveLength(2);
  });

  it('do not wait when the fate of the first is unknown', async () => {
    const person = await desk.person();
    const [first, second] = [await desk.request(person), await desk.request(person)];
    desk.answers(timedOut);
    await desk.send(first);
    await desk.send(second);
    expect(desk.sent).toHaveLength(2);
  });

  it('do not wait for a reminder that sleeps until the morning', async () => {
    const person = await desk.person();
    desk.pass({ hours: 12 }); // 23:00 at the clinic
    const reminder = await desk.request(person, { class: 'reminder' });
    await desk.send(reminder);
    expect(desk.sent).toEqual([]);
    const reply = await desk.request(person);
    await desk.send(reply);
    expect(desk.sent).toHaveLength(1);
    desk.pass({ hours: 9, minutes: 1 }); // 8:01
    await desk.send(reminder);
    expect(desk.sent).toHaveLength(2);
  });
});
