import { TransientFailure } from '@frontdesk/kernel';

export type LanesOptions<Item, Result> = {
  /** Commits all of them or none, and says what became of each, in their order. */
  commit: (items: readonly Item[]) => Promise<Result[]>;
  /** Items with a key in common keep their order, and never run together but for those of one group. */
  keysOf: (item: Item) => readonly string[];
  /** Those of one group may be in one batch, in their order. Null: alone. */
  groupOf?: (item: Item) => string | null;
  /** Whether a failed batch may hold one bad item, so that the others deserve a try of their own. */
  mayBeOneItemsFault: (error: unknown) => boolean;
  lanes?: number;
  /** A further lane opens only for this many: a few large batches cost the database less than many small ones. */
  nextLaneFrom?: number;
  /** A batch that takes longer is stuck behind something, and no longer keeps others from a lane of their own. */
  slowMs?: number;
  batchAtMost?: number;
  waitingAtMost?: number;
  /** Who has no answer by then is told so. Telnyx hangs up after two seconds. */
  deadlineMs?: number;
};

export type Lanes<Item, Result> = {
  /**
   * Resolves after the commit that holds the item.
   * @throws TransientFailure when too many wait, or when the item is not committed in time
   */
  submit(item: Item): Promise<Result>;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
};

type Waiter<Item, Result> = {
  item: Item;
  keys: readonly string[];
  group: string | null;
  answered: boolean;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/** Commits together what has gathered while the last commit ran: no timer, no wait when idle, large batches when busy. */
export function createLanes<Item, Result>(options: LanesOptions<Item, Result>): Lanes<Item, Result> {
  const { commit, keysOf, groupOf = () => null, mayBeOneItemsFault } = options;
  const { lanes = 2, nextLaneFrom = 64, slowMs = 100 } = options;
  const { batchAtMost = 256, waitingAtMost = 2_000, deadlineMs = 1_500 } = options;
  type Waiting = Waiter<Item, Result>;
  let queue: Waiting[] = [];
  const running = new Set<string>();
  let busy = 0;
  let stuck = 0;
  let scheduled = false;
  let onIdle: (() => void)[] = [];

  const take = (): Waiting[] => {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    // By the group that has it in this batch; null: nobody else may. A key whose earlier item stays behind stays behind as a whole.
    const held = new Map<string, string | null>(Array.from(running, (key) => [key, null]));
    for (const waiter of queue) {
      if (waiter.answered) continue;
      const { keys, group } = waiter;
      const isFree = keys.every((key) => !held.has(key) || (group !== null && held.get(key) === group));
      const isTaken = batch.length < batchAtMost && isFree;
      (isTaken ? batch : rest).push(waiter);
      for (const key of keys) held.set(key, isTaken ? group : null);
    }
    queue = rest;
    return batch;
  };

  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const results = await commit(batch.map(({ item }) => item));
      batch.forEach((waiter, n) => waiter.resolve(results[n] as Result)); // one result for each item, by contract
    } catch (error) {
      if (batch.length === 1 || !mayBeOneItemsFault(error)) {
        for (const waiter of batch) waiter.reject(error);
        return;
      }
      for (const waiter of batch) if (!waiter.answered) await settle([waiter]);
    }
  };

  const run = async (batch: readonly Waiting[]): Promise<void> => {
    busy++;
    const keys = batch.flatMap((waiter) => waiter.keys);
    for (const key of keys) running.add(key);
    let isStuck = false;
    const slow = setTimeout(() => {
      isStuck = true;
      stuck++;
      start();
    }, slowMs);
    await settle(batch);
    clearTimeout(slow);
    for (const key of keys) running.delete(key);
    if (isStuck) stuck--;
    busy--;
    start();
  };

  const start = (): void => {
    while (busy < lanes && (busy === stuck || queue.length >= nextLaneFrom)) {
      const batch = take();
      if (batch.length === 0) break;
      void run(batch);
    }
    if (busy > 0 || queue.length > 0) return;
    for (const resolve of onIdle) resolve();
    onIdle = [];
  };

  /** Lets the requests that are read in this turn of the event loop gather before a lane takes them. */
  const schedule = (): void => {
    if (scheduled || busy >= lanes) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      start();
    });
  };

  return {
    submit(item) {
      if (queue.length >= waitingAtMost) {
        return Promise.reject(new TransientFailure('too many webhooks wait to be stored: send it again'));
      }
      return new Promise<Result>((resolve, reject) => {
        const waiter: Waiting = {
          item,
          keys: keysOf(item),
          group: groupOf(item),
          answered: false,
          resolve: (result) => {
            waiter.answered = true;
            clearTimeout(deadline);
            resolve(result);
          },
          reject: (error) => {
            waiter.answered = true;
            clearTimeout(deadline);
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        };
        const deadline = setTimeout(
          () => waiter.reject(new TransientFailure('the webhook could not be stored in time: send it again')),
          deadlineMs,
        );
        queue.push(waiter);
        schedule();
      });
    },
    idle: () => (busy === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
  };
}
