import { describe, expect, it } from '@jest/globals';
import { TransientFailure } from '@frontdesk/kernel';
import fc from 'fast-check';
import { createLanes, type LanesOptions } from './lanes.ts';

type Item = { key: string; n: number; group?: string | null };
type Options = LanesOptions<Item, number>;

const item = (n: number, key = `key ${n}`): Item => ({ key, n });

/** A commit that the test ends by itself, batch by batch. */
function controlled(change: Partial<Options> = {}) {
  const open: { batch: number[]; commit: () => void; fail: (error: Error) => void }[] = [];
  const started: number[][] = [];
  const lanes = createLanes<Item, number>({
    commit: (items) => {
      const { promise, resolve, reject } = Promise.withResolvers<number[]>();
      const batch = items.map(({ n }) => n);
      started.push(batch);
      open.push({ batch, commit: () => resolve(batch.map((n) => n * 10)), fail: reject });
      return promise;
    },
    keysOf: ({ key }) => [key],
    mayBeOneItemsFault: () => true,
    ...change,
  });
  const turn = async () => {
    for (let n = 0; n < 3; n++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { lanes, open, started, turn };
}

describe('lanes', () => {
  it('commit together what has gathered while the last commit ran', async () => {
    const { lanes, open, started, turn } = controlled({ lanes: 1 });
    const first = lanes.submit(item(1));
    await turn();
    const others = [2, 3, 4].map((n) => lanes.submit(item(n)));
    await turn();
    expect(started).toEqual([[1]]);
    open.shift()?.commit();
    expect(await first).toBe(10);
    await turn();
    expect(started).toEqual([[1], [2, 3, 4]]);
    open.shift()?.commit();
    expect(await Promise.all(others)).toEqual([20, 30, 40]);
  });

  it('answer nobody before the commit', async () => {
    const { lanes, open, turn } = controlled();
    let answered = false;
    const waiting = lanes.submit(item(1)).then(() => (answered = true));
    await turn();
    expect(answered).toBe(false);
    open.shift()?.commit();
    await waiting;
    expect(answered).toBe(true);
  });

  it('keep the order of each key and never run one key twice at once, but for one group of it in one batch', async () => {
    const keyed = fc.record({ key: fc.constantFrom('a', 'b', 'c'), group: fc.constantFrom('x', 'y', null) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(keyed, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        async (given, laneCount, batchAtMost, nextLaneFrom) => {
          const running = new Set<string>();
          const done: Item[] = [];
          const lanes = createLanes<Item, number>({
            commit: async (items) => {
              for (const key of new Set(items.map((one) => one.key))) {
                expect(running.has(key)).toBe(false);
                running.add(key);
                const groups = items.filter((one) => one.key === key).map(({ group }) => group);
                if (groups.length > 1) expect([...new Set(groups)]).toEqual([expect.any(String)]);
              }
              await new Promise((resolve) => setImmediate(resolve));
              for (const { key } of items) running.delete(key);
              done.push(...items);
              return items.map(({ n }) => n);
            },
            keysOf: ({ key }) => [key],
            groupOf: ({ group = null }) => group,
            mayBeOneItemsFault: () => false,
            lanes: laneCount,
            nextLaneFrom,
            batchAtMost,
          });
          const results = await Promise.all(given.map((one, n) => lanes.submit({ ...one, n })));
          expect(results).toEqual(given.map((_, n) => n));
          for (const key of ['a', 'b', 'c']) {
            const order = done.filter((one) => one.key === key).map(({ n }) => n);
            expect(order).toEqual(order.toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('take those of one group together, up to the first of the key that is not of it', async () => {
    const { lanes, open, started, turn } = controlled({ lanes: 1, groupOf: ({ group = null }) => group });
    const groups = ['x', 'x', null, 'x', 'x'];
    const results = groups.map((group, n) => lanes.submit({ key: 'a', n, group }));
    for (let batches = 0; batches < 3; batches++) {
      await turn();
      open.shift()?.commit();
    }
    await Promise.all(results);
    expect(started).toEqual([[0, 1], [2], [3, 4]]);
  });

  it('try each alone when a batch fails, so that one bad item fails alone', async () => {
    const { lanes } = controlled({
      commit: async (items) => {
        if (items.some(({ n }) => n === 2)) throw new Error('the second is bad');
        return items.map(({ n }) => n * 10);
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map((n) => lanes.submit(item(n))));
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'refused'))).toEqual([
      10,
      'refused',
      30,
    ]);
  });

  it('do not try each alone when nobody could pass', async () => {
    let tries = 0;
    const { lanes } = controlled({
      commit: () => Promise.reject(new Error(`the database is gone (${++tries})`)),
      mayBeOneItemsFault: () => false,
    });
    const results = await Promise.allSettled([1, 2, 3].map((n) => lanes.submit(item(n))));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(tries).toBe(1);
  });

  it('refuse at once when too many wait', async () => {
    const { lanes, open, turn } = controlled({ lanes: 1, waitingAtMost: 2 });
    const first = lanes.submit(item(1));
    await turn();
    const waiting = [lanes.submit(item(2)), lanes.submit(item(3))];
    await expect(lanes.submit(item(4))).rejects.toThrow(TransientFailure);
    open.shift()?.commit();
    await first;
    await turn();
    open.shift()?.commit();
    expect(await Promise.all(waiting)).toEqual([20, 30]);
  });

  it('tell who waits too long, and do not commit what nobody waits for', async () => {
    const { lanes, open, started, turn } = controlled({ lanes: 1, deadlineMs: 20 });
    const stuck = lanes.submit(item(1));
    await turn();
    const behind = lanes.submit(item(2));
    await expect(stuck).rejects.toThrow(TransientFailure);
    await expect(behind).rejects.toThrow(TransientFailure);
    open.shift()?.commit();
    await lanes.idle();
    expect(started).toEqual([[1]]);
  });

  it('keep to one while few wait, and take the next for many or past a batch that is stuck', async () => {
    const few = controlled({ nextLaneFrom: 3 });
    void few.lanes.submit(item(1));
    await few.turn();
    void few.lanes.submit(item(2));
    void few.lanes.submit(item(3));
    await few.turn();
    expect(few.started).toEqual([[1]]);
    void few.lanes.submit(item(4));
    await few.turn();
    expect(few.started).toEqual([[1], [2, 3, 4]]);

    const stuck = controlled({ nextLaneFrom: 3, slowMs: 10, deadlineMs: 5_000 });
    void stuck.lanes.submit(item(1));
    await stuck.turn();
    const past = stuck.lanes.submit(item(2));
    while (stuck.started.length < 2) await stuck.turn();
    stuck.open[1]?.commit();
    expect(await past).toBe(20);
    for (const { commit } of [...few.open, ...stuck.open]) commit();
    await Promise.all([few.lanes.idle(), stuck.lanes.idle()]);
  });

  it('are idle once everything is answered', async () => {
    const { lanes, open, turn } = controlled();
    await lanes.idle();
    const work = lanes.submit(item(1));
    let idle = false;
    const ended = lanes.idle().then(() => (idle = true));
    await turn();
    expect(idle).toBe(false);
    open.shift()?.commit();
    await Promise.all([work, ended]);
  });
});
