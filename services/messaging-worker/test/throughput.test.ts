import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Id } from '@frontdesk/kernel';
import { createTestClinic, createTestPerson, until } from '@frontdesk/testkit';
import { openTwoCarriers, type TwoCarriers } from './two-carriers.ts';

let desk: TwoCarriers;
beforeAll(async () => {
  desk = await openTwoCarriers();
});
beforeEach(async () => {
  desk.behave();
  await desk.forgetTexts();
});
afterAll(() => desk.close());

type Instance = ReturnType<TwoCarriers['instance']>;

const areSent = async (ids: readonly Id[]) =>
  (await Promise.all(ids.map(desk.text))).every((text) => text?.state === 'sent');

/** Two processes work at the same time until these texts have left. Answers how long it took, by the database's clock. */
async function workUntilSent(instances: readonly Instance[], ids: readonly Id[]): Promise<number> {
  const startedMs = performance.now();
  while (!(await areSent(ids))) {
    desk.pass({ milliseconds: 20 });
    await Promise.all(instances.map(({ due }) => due.sweep()));
    await Promise.all(instances.map(({ due }) => due.settled()));
  }
  return performance.now() - startedMs;
}

/** Rounds until nothing waits any more. */
async function workOff({ due }: Instance): Promise<void> {
  for (let rounds = 0; rounds < 50; rounds++) {
    const next = await due.sweep();
    await due.settled();
    if (next === 'later') return;
  }
  throw new Error('something waits for ever');
}

describe('texts above a limit', () => {
  const texts = 8;
  const perSecond = 10;
  /** A text at once, a quarter of a second's worth besides, and each further one a tenth of a second after the last. */
  const leastMs = ((texts - 1) / perSecond - 0.25) * 1_000;

  it.each(['a number', 'a campaign', 'an account'])(
    'of %s leave no faster than it allows, by two processes',
    async (limit) => {
      const clinic = await createTestClinic(desk.server.owner);
      const another = await createTestClinic(desk.server.owner);
      const own = limit === 'an account' ? {} : { textsPerSecond: perSecond };
      const shared = limit === 'a campaign' ? { ...own, campaign: 'C-1' } : own;
      const from = await desk.addNumber(clinic, 'telnyx', shared);
      const fromAnother = limit === 'a number' ? from : await desk.addNumber(another, 'telnyx', shared);
      const whose = limit === 'a number' ? clinic : another;
      const options = limit === 'an account' ? { perSecond: { telnyx: perSecond } } : {};
      const instances = [desk.instance(options), desk.instance(options)];
      const ids: Id[] = [];
      for (let n = 0; n < texts / 2; n++) {
        ids.push(await desk.request(await desk.person(clinic), { from }, clinic));
        ids.push(await desk.request(await desk.person(whose), { from: fromAnother }, whose));
      }
      desk.pass({ minutes: 1 });
      expect(await workUntilSent(instances, ids)).toBeGreaterThan(leastMs);
      expect((await Promise.all(ids.map(desk.text))).map((text) => text?.attempts)).toEqual(ids.map(() => 1));
    },
  );

  it('wait without a try being counted, and keep nobody else waiting', async () => {
    const clinic = await createTestClinic(desk.server.owner);
    const from = await desk.addNumber(clinic, 'telnyx', { textsPerSecond: 0.01 });
    const worker = desk.instance();
    const ids: Id[] = [];
    for (let n = 0; n < 3; n++) ids.push(await desk.request(await desk.person(clinic), { from }, clinic));
    for (const id of ids) await worker.send(id, clinic);
    await worker.due.sweep();
    const texts = await Promise.all(ids.map(desk.text));
    expect(texts.map((text) => [text?.state, text?.attempts])).toEqual([
      ['sent', 1],
      ['queued', 0],
      ['queued', 0],
    ]);
    const fromOther = await desk.request(await desk.person(clinic), {}, clinic);
    const ofOther = await desk.request(await desk.person());
    await worker.send(fromOther, clinic);
    await worker.send(ofOther);
    expect(await areSent([fromOther, ofOther])).toBe(true);
  });
});

describe('a carrier that names the time when it has room again', () => {
  it('is handed nothing of anybody before', async () => {
    const another = await createTestClinic(desk.server.owner);
    const [first, second] = [
      await desk.request(await desk.person()),
      await desk.request(await desk.person(another), {}, another),
    ];
    const toTwilio = await desk.request(await desk.person(), { from: desk.standIn });
    desk.telnyx.misbehave({ kind: 'answer', status: 429, retryAfterSeconds: 1 }, { times: 1 });
    const worker = desk.instance({ heedsPauses: true });
    await worker.send(first);
    await worker.send(second, another);
    await worker.send(toTwilio);
    expect(await desk.text(second)).toMatchObject({ state: 'queued', attempts: 0 });
    expect(await desk.text(toTwilio)).toMatchObject({ state: 'sent' });
    await workUntilSent([worker], [first, second]);
  });
});

describe('texts that wait', () => {
  it('leave in turns of clinics, however many one of them has, and answers before what nobody waits for', async () => {
    const names = new Map<Id, string>();
    for (const [name, notices, answers] of [
      ['a', 6, 0],
      ['b', 2, 1],
      ['c', 1, 2],
    ] as const) {
      const clinic = await createTestClinic(desk.server.owner);
      for (let n = 0; n < notices + answers; n++) {
        const change = { class: n < notices ? 'reminder' : 'reply' } as const;
        names.set(await desk.request(await desk.person(clinic), change, clinic), `${change.class} of ${name}`);
      }
    }
    desk.pass({ minutes: 1 });
    const turns: string[] = [];
    await workOff(desk.instance({ before: ({ messageId }) => turns.push(String(names.get(messageId))) }));
    const notices = turns.splice(3).map((turn) => turn.at(-1));
    expect(new Set(turns.slice(0, 2))).toEqual(new Set(['reply of b', 'reply of c']));
    expect(turns[2]).toBe('reply of c');
    expect(new Set(notices.slice(0, 3))).toEqual(new Set(['a', 'b', 'c']));
    expect(new Set(notices.slice(3, 5))).toEqual(new Set(['a', 'b']));
    expect(notices.slice(5)).toEqual(['a', 'a', 'a', 'a']);
  });

  it('that cannot be tried do not stand in the way of those behind them', async () => {
    const clinic = await createTestClinic(desk.server.owner);
    const broken: Id[] = [];
    for (let n = 0; n < 12; n++) broken.push(await desk.request(await desk.person(clinic), { body: 'broken' }, clinic));
    const whole = await desk.request(await desk.person(clinic), {}, clinic);
    desk.pass({ minutes: 1 });
    const worker = desk.instance({
      before: (text) => {
        if (broken.includes(text.messageId)) throw new Error('nobody foresaw this');
      },
    });
    await workOff(worker);
    expect(await areSent([whole])).toBe(true);
    expect(await desk.text(String(broken[0]))).toMatchObject({ state: 'queued', attempts: 0 });
  });
});

it('holds nobody up at a carrier while a first text waits for another to the same person', async () => {
  const stranger = await createTestPerson(desk.server.owner, desk.clinic);
  const [first, other] = [await desk.request(stranger), await desk.request(await desk.person())];
  const worker = desk.instance();
  const holder = await desk.server.owner.connect();
  try {
    const introduction = `introduction ${stranger.conversationId}`;
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [introduction]);
    const waiting = worker.send(first);
    await until('the first text waits', async () => {
      const { rows } = await desk.server.owner.query(
        "select 1 from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and locktype = 'advisory' and not granted",
      );
      return rows.length > 0;
    });
    await worker.send(other);
    expect(await desk.text(first)).toMatchObject({ state: 'queued' });
    await holder.query('commit');
    await waiting;
  } finally {
    holder.release();
  }
  expect(await desk.text(other)).toMatchObject({ state: 'sent' });
  expect(await desk.text(first)).toMatchObject({ state: 'sent' });
});
