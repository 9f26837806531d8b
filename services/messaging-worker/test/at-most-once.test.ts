import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { toDate } from '@frontdesk/db';
import { present, type Id } from '@frontdesk/kernel';
import fc from 'fast-check';
import { ProcessDied, rounds, stories, suffering, writeTexts, type Told } from './random-faults.ts';
import { openTwoCarriers, type TwoCarriers } from './two-carriers.ts';

const lived = 800;
/** More would only wait for connections to the database. */
const atOnce = 40;

const lostEnds = ['failed', 'unknown'];
const ends = ['sent', 'delivered', 'undelivered', ...lostEnds];

let desk: TwoCarriers;
const byPhone = new Map<string, Told>();
beforeAll(async () => {
  desk = await openTwoCarriers({ whatsApp: true });
  for (const provider of ['telnyx', 'twilio'] as const) {
    desk[provider].onText(({ id: providerMessageId, to, webhookUrl }) => {
      const attemptId = String(new URL(String(webhookUrl)).searchParams.get('attempt'));
      byPhone.get(to)?.taken.push({ provider, providerMessageId, attemptId });
    });
  }
  desk.meta?.onText(({ id: providerMessageId, to, callbackData }) => {
    byPhone.get(to)?.taken.push({ provider: 'meta', providerMessageId, attemptId: String(callbackData) });
  });
});
afterAll(() => desk.close());

type Instance = ReturnType<TwoCarriers['instance']>;

/** Two processes, which may die of any call and start again; both are brought every text. */
const startInstances = (change: { treatUnknownAs?: 'retryable' } = {}) => {
  const around = suffering(desk, byPhone);
  const circuit = { failures: 10, pauseMs: 2_000, capMs: 30_000 };
  return [desk.instance({ around, circuit, ...change }), desk.instance({ around, circuit, ...change })] as const;
};

type Work = () => Promise<unknown>;

/** Does all of it, so much at a time. A process that dies ends by itself. */
async function sideBySide(works: readonly Work[]): Promise<void> {
  const left = works.values();
  const workOn = async () => {
    for (const work of left) {
      await work().catch((error: unknown) => {
        if (!(error instanceof ProcessDied)) throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, workOn));
}

/** Event, alarm and their duplicates bring the text at the same moment, while receipts come, in any order and repeated. */
function live(text: Told, round: number, [one, other]: readonly [Instance, Instance]): Work[] {
  const step = present(text.steps[round], 'the step of the round');
  const brought = Array.from({ length: step.times }, (_, n) => () => (n % 2 === 0 ? one : other).send(text.id));
  const receipts = Array.from({ length: step.receipts }, () => async () => {
    for (const each of text.taken) await desk.report({ ...each, status: step.status });
  });
  return [...brought, ...receipts];
}

async function lookUpLost(instances: readonly Instance[]): Promise<void> {
  const before = toDate(desk.now().subtract({ seconds: 60 }));
  const lost = await desk.database.lookUp<{
    id: Id;
  }>`select id from lost_attempts(${before}, ${before}, ${lived}::int)`;
  await sideBySide(lost.flatMap(({ id }) => instances.map((instance) => () => instance.reconcile(id))));
}

async function takeTurns(instances: readonly Instance[]): Promise<boolean> {
  const next = await Promise.all(instances.map(({ due }) => due.sweep()));
  await Promise.allSettled(instances.map(({ due }) => due.settled()));
  return next.some((when) => when !== 'later');
}

/** Lives through the stories, and then on without faults until nothing moves any more. */
async function liveThrough(texts: readonly Told[], instances: readonly [Instance, Instance]): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await sideBySide(texts.flatMap((text) => live(text, round, instances)));
    await desk.analyze();
    await takeTurns(instances);
    desk.pass({ seconds: 61 });
    await lookUpLost(instances);
    desk.pass({ seconds: 20 });
  }
  for (const text of texts) text.calls.length = 0;
  await lookUpLost(instances);
  for (let turns = 0; turns < 500 && (await takeTurns(instances)); turns++) desk.pass({ seconds: 40 });
  await flagUnresolved();
}

/** Whose fate nobody could tell is given to staff. */
async function flagUnresolved(): Promise<void> {
  const before = toDate(desk.now());
  const found = await desk.database.lookUp<{ id: Id }>`select id from unresolved_attempts(${before}, ${lived}::int)`;
  await sideBySide(
    found.map(
      ({ id }) =>
        () =>
          desk.flag(id),
    ),
  );
}

const tell = async (told: Parameters<typeof writeTexts>[1]) => {
  const texts = await writeTexts(desk, told);
  for (const text of texts) byPhone.set(text.phone, text);
  await desk.analyze();
  return texts;
};

async function statesOf(texts: readonly Told[]): Promise<Map<Id, string>> {
  const { rows } = await desk.server.owner.query<{ id: Id; state: string }>(
    'select id, state from outbound_messages where id = any ($1)',
    [texts.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

it('texts would be taken twice if what is not known were sent again', async () => {
  const texts = await tell(fc.sample(stories, 100));
  await liveThrough(texts, startInstances({ treatUnknownAs: 'retryable' }));
  expect(texts.filter(({ taken }) => taken.length > 1)).not.toEqual([]);
});

it(`no text of ${lived} is taken twice, by whatever carriers, and what none took is not called sent`, async () => {
  const seed = Date.now();
  const texts = await tell(fc.sample(stories, { numRuns: lived, seed }));
  await liveThrough(texts, startInstances());
  const states = await statesOf(texts);
  const ended = texts.map((text) => ({ ...text, state: states.get(text.id) ?? 'gone' }));
  expect({ seed, takenTwice: ended.filter(({ taken }) => taken.length > 1) }).toEqual({ seed, takenTwice: [] });
  // Nobody waits for ever: what no carrier took has failed, or staff look after it.
  const left = ended.filter(({ state, taken }) => !(taken.length === 0 ? lostEnds : ends).includes(state));
  expect({ seed, left }).toEqual({ seed, left: [] });
  const carriers = ended.flatMap(({ taken }) => taken.map(({ provider }) => provider));
  expect([...new Set(carriers)].toSorted()).toEqual(['meta', 'telnyx', 'twilio']);
  expect(desk.meta?.accepted.some(({ template }) => template !== null)).toBe(true);
  // Most of them arrive all the same.
  const arrived = ended.filter(({ state, taken }) => taken.length === 1 && ['sent', 'delivered'].includes(state));
  expect(arrived.length).toBeGreaterThan(lived / 2);
}, 300_000);
