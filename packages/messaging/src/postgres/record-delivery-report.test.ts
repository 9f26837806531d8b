import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, NotFound, present, type Id } from '@frontdesk/kernel';
import { createTestClinic } from '@frontdesk/testkit';
import { openTextDesk, waiterForALock, type TextDesk } from '../../test/text-desk.ts';
import type { SendOutcome } from '../ports.ts';
import { flagUnresolvedAttempt } from './flag-unresolved-attempt.ts';
import { recordDeliveryReport, type DeliveryReport } from './record-delivery-report.ts';

let desk: TextDesk;
beforeAll(async () => {
  desk = await openTextDesk();
});
beforeEach(() => {
  for (const list of [desk.sent, desk.armed, desk.opened, desk.resolved]) list.length = 0;
  desk.answers();
});
afterAll(() => desk.close());

const report = (change: Partial<DeliveryReport>) => {
  const base = { orgId: desk.clinic.id, provider: 'telnyx', attemptId: null, providerMessageId: newId() };
  const whole: DeliveryReport = { ...base, status: 'delivered', errorCode: null, now: desk.now(), ...change };
  return desk.database.inTenant(desk.clinic.id, (tx) => recordDeliveryReport(tx, whole, desk.tasks));
};
const flag = (attemptId: Id) =>
  desk.database.inTenant(desk.clinic.id, (tx) =>
    flagUnresolvedAttempt(tx, { orgId: desk.clinic.id, attemptId, now: desk.now() }, desk.tasks),
  );
const unresolved = async () => {
  const startedBefore = new Date(desk.now().subtract({ minutes: 5 }).epochMilliseconds);
  const found = await desk.database.lookUp<{ id: Id }>`select id from unresolved_attempts(${startedBefore}, 100)`;
  return found.map(({ id }) => id);
};

/** Sends a text that the carrier answers so, and names its one attempt. */
async function sendText(answer: SendOutcome) {
  const id = await desk.request(await desk.person());
  desk.answers(answer);
  await desk.send(id);
  const [attempt] = await desk.attempts(id);
  return { id, attemptId: present(attempt, 'the attempt').id };
}
const accepted = (providerMessageId: string): SendOutcome => ({ kind: 'accepted', providerMessageId });
const timedOut: SendOutcome = { kind: 'unknown', code: 'timeout' };

describe('a receipt', () => {
  it('moves the text, found by its attempt or by the carrier’s id', async () => {
    const { id, attemptId } = await sendText(accepted('tx-by-id'));
    await report({ providerMessageId: 'tx-by-id', status: 'sent' });
    expect(await desk.text(id)).toMatchObject({ state: 'sent' });
    await report({ attemptId, providerMessageId: 'tx-by-id', status: 'delivered' });
    expect(await desk.text(id)).toMatchObject({ state: 'delivered' });
  });

  it('changes nothing when it comes twice or late', async () => {
    const { id, attemptId } = await sendText(accepted('tx-twice'));
    const same = { attemptId, providerMessageId: 'tx-twice' } as const;
    expect(await report({ ...same, status: 'delivered' })).toBe('moved');
    expect(await report({ ...same, status: 'delivered' })).toBe('nothing-new');
    expect(await report({ ...same, status: 'sent' })).toBe('nothing-new');
    expect(await desk.text(id)).toMatchObject({ state: 'delivered' });
  });

  it('opens one task when a patient’s text did not arrive, and closes it when it did after all', async () => {
    const { id, attemptId } = await sendText(accepted('tx-lost'));
    await report({ attemptId, providerMessageId: 'tx-lost', status: 'failed', errorCode: '40003' });
    expect(await desk.text(id)).toMatchObject({ state: 'failed', reason: expect.stringContaining('40003') });
    await report({ attemptId, providerMessageId: 'tx-lost', status: 'undelivered', errorCode: '40003' });
    expect(new Set(desk.opened.map(({ causeKey }) => causeKey))).toEqual(new Set([`text-failed:${id}`]));
    await report({ attemptId, providerMessageId: 'tx-lost', status: 'delivered' });
    expect(await desk.text(id)).toMatchObject({ state: 'delivered', reason: null });
    expect(desk.resolved).toEqual([`text-failed:${id}`]);
  });

  it('that the window of WhatsApp was closed puts a text in the queue again that staff were asked about', async () => {
    const { id, attemptId } = await sendText(timedOut);
    await desk.server.owner.query("update outbound_messages set channel = 'whatsapp' where id = $1", [id]);
    await flag(attemptId);
    const refusal = { attemptId, providerMessageId: 'tx-window', status: 'failed', errorCode: '131047' } as const;
    expect(await report({ ...refusal, windowClosed: true })).toBe('queued');
    expect(await desk.text(id)).toMatchObject({ state: 'queued' });
    expect(desk.resolved).toEqual([`text-outcome-unknown:${id}`]);
    expect(await report({ ...refusal, windowClosed: true })).toBe('nothing-new');
  });

  it('of a closed window that comes twice at the same moment puts the text in the queue once', async () => {
    const { id, attemptId } = await sendText(accepted('tx-window-twice'));
    await desk.server.owner.query("update outbound_messages set channel = 'whatsapp' where id = $1", [id]);
    const refusal = { attemptId, providerMessageId: 'tx-window-twice', status: 'failed', windowClosed: true } as const;
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const again = asked.then(() => report(refusal));
    const first = desk.database.inTenant(desk.clinic.id, async (tx) => {
      const whole = { ...refusal, orgId: desk.clinic.id, provider: 'meta', errorCode: '131047', now: desk.now() };
      const effect = await recordDeliveryReport(tx, whole, desk.tasks);
      ask();
      await waiterForALock(desk);
      return effect;
    });
    expect(await Promise.all([first, again])).toEqual(['queued', 'nothing-new']);
    expect(await desk.text(id)).toMatchObject({ state: 'queued' });
    expect(await desk.attempts(id)).toMatchObject([{ outcome: 'refused' }]);
  });

  it('may be faster than the carrier’s own answer', async () => {
    const id = await desk.request(await desk.person());
    desk.answers(async ({ attemptId }) => {
      await report({ attemptId, providerMessageId: 'tx-fast', status: 'delivered' });
      return accepted('tx-fast');
    });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'delivered', provider_message_id: 'tx-fast' });
  });

  it.each<[string, SendOutcome]>([
    ['timed out', timedOut],
    ['was thought to be refused for now', { kind: 'retryable', code: '10011' }],
  ])('outweighs the answer of a send that %s', async (_how, answer) => {
    const id = await desk.request(await desk.person());
    desk.answers(async ({ attemptId }) => {
      await report({ attemptId, providerMessageId: `tx-${answer.kind}`, status: 'sent' });
      return answer;
    });
    await desk.send(id);
    desk.pass({ minutes: 1 });
    await desk.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'sent' });
    expect(await desk.attempts(id)).toMatchObject([{ outcome: 'accepted' }]);
    expect(desk.sent).toHaveLength(1);
  });

  it('and the carrier’s answer may be written at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await desk.request(await desk.person());
      let receipts: Promise<unknown> = Promise.resolve();
      desk.answers(async ({ attemptId }) => {
        const same = { attemptId, providerMessageId: `tx-race-${round}` };
        receipts = Promise.all([report({ ...same, status: 'sent' }), report({ ...same, status: 'delivered' })]);
        return accepted(`tx-race-${round}`);
      });
      await desk.send(id);
      await receipts;
      expect(await desk.text(id)).toMatchObject({ state: 'delivered' });
      expect(await desk.attempts(id)).toMatchObject([{ outcome: 'accepted' }]);
    }
  });

  it.each([
    ['with the words for its code', { errorCode: '131026', words: 'nobody is there' }, ': nobody is there (131026)'],
    ['with a code alone that has none', { errorCode: '99999', words: null }, ' (99999)'],
    ['without a code', {}, ''],
  ])('tells staff why the text did not arrive, %s', async (_how, change, why) => {
    const { id, attemptId } = await sendText(accepted(newId()));
    await report({ attemptId, status: 'failed', ...change });
    const reason = `the carrier could not deliver it${why}`;
    expect(await desk.text(id)).toMatchObject({ state: 'failed', reason });
    expect(desk.opened).toMatchObject([{ reason: `A text to the patient did not arrive: ${reason}.` }]);
  });

  it('of an attempt that nobody made changes nothing and is no failure', async () => {
    expect(await report({ attemptId: newId() })).toBe('attempt-unknown');
  });

  it('of a text that the desk did not send is refused', async () => {
    await expect(report({ providerMessageId: 'somebody-else' })).rejects.toBeInstanceOf(NotFound);
  });

  it('cannot be used by another clinic', async () => {
    const { id, attemptId } = await sendText(accepted('tx-mine'));
    const { id: stranger } = await createTestClinic(desk.server.owner);
    const effect = desk.database.inTenant(stranger, (tx) => {
      const change = { orgId: stranger, provider: 'telnyx', status: 'delivered', errorCode: null } as const;
      return recordDeliveryReport(
        tx,
        { ...change, attemptId, providerMessageId: 'tx-mine', now: desk.now() },
        desk.tasks,
      );
    });
    expect(await effect).toBe('attempt-unknown');
    expect(await desk.text(id)).toMatchObject({ state: 'sent' });
  });
});

describe('a send whose outcome is unknown', () => {
  it('is resolved by its receipt, even when only the webhook address names it', async () => {
    const { id, attemptId } = await sendText(timedOut);
    expect(await desk.text(id)).toMatchObject({ state: 'unknown' });
    await report({ attemptId, providerMessageId: 'tx-late', status: 'delivered' });
    expect(await desk.text(id)).toMatchObject({ state: 'delivered', provider_message_id: 'tx-late', reason: null });
    expect(await desk.attempts(id)).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('becomes a task for staff when no receipt comes, once', async () => {
    const { id, attemptId } = await sendText(timedOut);
    expect(await unresolved()).not.toContain(attemptId);
    desk.pass({ minutes: 6 });
    expect(await unresolved()).toContain(attemptId);
    expect(await flag(attemptId)).toBe(true);
    expect(desk.opened).toMatchObject([{ kind: 'text-outcome-unknown', causeKey: `text-outcome-unknown:${id}` }]);
    await report({ attemptId, providerMessageId: 'tx-very-late', status: 'delivered' });
    expect(desk.resolved).toEqual([`text-outcome-unknown:${id}`]);
    expect(await flag(attemptId)).toBe(false);
  });

  it('is not looked up again once staff know of it', async () => {
    const { id, attemptId } = await sendText(timedOut);
    desk.pass({ minutes: 6 });
    await desk.database.inTenant(
      desk.clinic.id,
      (tx) => tx.$executeRaw`
        insert into staff_tasks (org_id, id, kind, reason, cause_key, due_at)
        values (${desk.clinic.id}::uuid, ${newId()}::uuid, 'text-outcome-unknown', 'look', ${`text-outcome-unknown:${id}`}, now())`,
    );
    expect(await unresolved()).not.toContain(attemptId);
  });

  it('includes the send of a process that died before it could say what the carrier answered', async () => {
    const id = await desk.request(await desk.person());
    desk.answers(() => Promise.reject(new Error('the process died')));
    await expect(desk.send(id)).rejects.toThrow('died');
    const [attempt] = await desk.attempts(id);
    const attemptId = present(attempt, 'the attempt').id;
    desk.pass({ minutes: 6 });
    expect(await unresolved()).toContain(attemptId);
    await flag(attemptId);
    expect(await desk.text(id)).toMatchObject({ state: 'unknown' });
    await desk.send(id);
    expect(desk.sent).toHaveLength(1);
    await report({ attemptId, providerMessageId: 'tx-orphan', status: 'delivered' });
    expect(await desk.text(id)).toMatchObject({ state: 'delivered' });
  });
});
