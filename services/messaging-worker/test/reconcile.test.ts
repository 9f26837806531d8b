import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, present, type Id } from '@frontdesk/kernel';
import type { TextGateway } from '@frontdesk/messaging';
import { openTwoCarriers, type TwoCarriers } from './two-carriers.ts';

let desk: TwoCarriers;
beforeAll(async () => {
  desk = await openTwoCarriers();
});
beforeEach(() => {
  desk.behave();
  desk.opened.length = 0;
  desk.resolved.length = 0;
});
afterAll(() => desk.close());

/** Sends a text from the number at Twilio, and names its attempt. */
async function sendLost(how: 'accept-then-hang' | 'reset', body = 'See you at 3') {
  const person = await desk.person();
  const id = await desk.request(person, { from: desk.standIn, body });
  desk.twilio.misbehave({ kind: how }, { times: 1 });
  const worker = desk.instance();
  await worker.send(id);
  expect(await desk.text(id)).toMatchObject({ state: 'unknown' });
  const attemptId = await attemptOf(id);
  desk.pass({ seconds: 60 });
  return { person, id, attemptId, worker };
}

const attemptOf = async (id: Id) => present((await desk.attempts(id)).at(-1), 'the attempt').id;
const lost = async (seconds = 60): Promise<Id[]> => {
  const before = new Date(desk.now().subtract({ seconds }).epochMilliseconds);
  const rows = await desk.database.lookUp<{ id: Id }>`select id from lost_attempts(${before}, ${before}, 100)`;
  return rows.map(({ id }) => id);
};
/** A process that dies before or after it called the carrier. */
const dying =
  (when: 'before' | 'after') =>
  (gateway: TextGateway): TextGateway => ({
    ...gateway,
    send: async (text) => {
      if (when === 'after') await gateway.send(text);
      throw new Error('the process died');
    },
  });

describe('a send whose answer was lost', () => {
  it('counts as sent once the carrier says that it has it', async () => {
    const { person, id, attemptId, worker } = await sendLost('accept-then-hang');
    expect(await lost()).toContain(attemptId);
    expect(await worker.reconcile(attemptId)).toBe('has-it');
    expect(await desk.text(id)).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(await desk.attempts(id)).toMatchObject([{ outcome: 'accepted' }]);
    await worker.send(id);
    expect(desk.received(person)).toEqual([[], ['See you at 3']]);
  });

  it('waits in the queue again once the carrier says that it never took it, and leaves once', async () => {
    const { person, id, attemptId, worker } = await sendLost('reset');
    expect(await worker.reconcile(attemptId)).toBe('has-not');
    expect(await desk.text(id)).toMatchObject({ state: 'queued', attempts: 1 });
    expect(await desk.attempts(id)).toMatchObject([{ outcome: 'retryable', error_code: 'not-taken' }]);
    desk.pass({ seconds: 5 });
    await worker.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(desk.received(person)).toEqual([[], ['See you at 3']]);
    expect(await worker.reconcile(attemptId)).toBe('settled');
  });

  it('is asked about once however many processes look at it, and again after a while', async () => {
    const { attemptId, worker } = await sendLost('reset');
    desk.twilio.misbehave({ kind: 'answer', status: 500 }, { where: ({ method }) => method === 'GET' });
    const answers = await Promise.all([1, 2, 3].map(() => worker.reconcile(attemptId)));
    expect(answers.toSorted()).toEqual(['cannot-tell', 'settled', 'settled']);
    expect(await lost()).not.toContain(attemptId);
    desk.pass({ seconds: 60 });
    expect(await lost()).toContain(attemptId);
    expect(await worker.reconcile(attemptId)).toBe('cannot-tell');
  });

  it('is not taken for another text of the same words to the same person', async () => {
    const first = await sendLost('accept-then-hang', 'the same words');
    expect(await first.worker.reconcile(first.attemptId)).toBe('has-it');
    // So close together that the carrier's list cannot tell them apart.
    desk.pass({ seconds: -60 });
    const second = await desk.request(first.person, { from: desk.standIn, body: 'the same words' });
    desk.twilio.misbehave({ kind: 'reset' }, { times: 1 });
    await first.worker.send(second);
    desk.pass({ seconds: 60 });
    expect(await first.worker.reconcile(await attemptOf(second))).toBe('cannot-tell');
    expect(await desk.text(second)).toMatchObject({ state: 'unknown' });
  });

  it('is settled by a receipt that comes before the question, and by one that comes during it', async () => {
    const { id, attemptId, worker } = await sendLost('accept-then-hang');
    await desk.report({ provider: 'twilio', attemptId, providerMessageId: newId(), status: 'delivered' });
    expect(await worker.reconcile(attemptId)).toBe('settled');
    expect(await desk.text(id)).toMatchObject({ state: 'delivered' });

    const other = await sendLost('reset');
    const meanwhile = desk.instance({
      around: (gateway) => ({
        ...gateway,
        lookUp: async (lostTry) => {
          const { attemptId: asked } = lostTry;
          await desk.report({ provider: 'twilio', attemptId: asked, providerMessageId: newId(), status: 'sent' });
          return gateway.lookUp(lostTry);
        },
      }),
    });
    expect(await meanwhile.reconcile(other.attemptId)).toBe('has-not');
    expect(await desk.text(other.id)).toMatchObject({ state: 'sent' });
    await other.worker.send(other.id);
    expect(await desk.text(other.id)).toMatchObject({ attempts: 1 });
  });
});

describe('a process that died with a text in hand', () => {
  it.each([
    ['before', 'has-not', 'sent', 2],
    ['after', 'has-it', 'delivered', 1],
  ] as const)('%s it called the carrier: the text leaves once (%s)', async (when, answer, state, attempts) => {
    const person = await desk.person();
    const id = await desk.request(person, { from: desk.standIn });
    await expect(desk.instance({ around: dying(when) }).send(id)).rejects.toThrow('died');
    expect(await desk.text(id)).toMatchObject({ state: 'sending' });
    desk.pass({ seconds: 60 });
    const worker = desk.instance();
    expect(await worker.reconcile(await attemptOf(id))).toBe(answer);
    desk.pass({ seconds: 5 });
    await worker.send(id);
    expect(await desk.text(id)).toMatchObject({ state, attempts });
    expect(desk.received(person)).toEqual([[], ['See you at 3']]);
  });
});

describe('a process that was held up between claim and call', () => {
  it('does not call any more: others may have settled the text meanwhile', async () => {
    const person = await desk.person();
    const id = await desk.request(person, { from: desk.standIn });
    const { sending } = desk.instance();
    const begun = sending.begin({ orgId: desk.clinic.id, messageId: id });
    // The clock is read before the claim's transaction and again before the call.
    desk.pass({ minutes: 2 });
    const claimed = await begun;
    if (claimed.kind === 'begun') await claimed.done;
    expect(desk.received(person)).toEqual([[], []]);
    expect(await desk.attempts(id)).toMatchObject([{ outcome: 'retryable', error_code: 'held-up' }]);
    expect(await desk.text(id)).toMatchObject({ state: 'queued' });
  });

  it('uses up none of the tries of its text, however often it happens', async () => {
    const person = await desk.person();
    const id = await desk.request(person, { from: desk.standIn });
    const { sending } = desk.instance();
    for (let time = 0; time < 7; time += 1) {
      const begun = sending.begin({ orgId: desk.clinic.id, messageId: id });
      desk.pass({ minutes: 2 });
      const claimed = await begun;
      if (claimed.kind === 'begun') await claimed.done;
      desk.pass({ minutes: 1 });
    }
    expect((await desk.attempts(id)).map(({ error_code }) => error_code)).toEqual(Array(7).fill('held-up'));
    await desk.instance().send(id);
    expect(desk.received(person)).toEqual([[], ['See you at 3']]);
    expect(await desk.text(id)).toMatchObject({ state: 'sent', attempts: 8 });
  });
});
