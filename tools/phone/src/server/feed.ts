import { randomUUID } from 'node:crypto';
import type { FeedItem } from '../feed-items.ts';

/** A batch of items under one position, as it travels. */
export type FeedBatch = { position: string; items: readonly FeedItem[] };

type FeedListener = (batch: FeedBatch) => void;

export type Feed = {
  publish(items: readonly FeedItem[]): void;
  /** What somebody who was last at `position` has missed; null when that is too long ago, or another run. */
  since(position: string): readonly FeedBatch[] | null;
  /** Everything that is remembered, for who comes late. */
  snapshot(): FeedBatch;
  subscribe(listener: FeedListener): () => void;
};

/** Remembers the newest items and tells each listener of new ones. Threads are kept longer than what happened behind them. */
export function createFeed({ keptBatches = 2_000, keptThreads = 500 } = {}): Feed {
  const run = randomUUID().slice(0, 8);
  const listeners = new Set<FeedListener>();
  const batches: (FeedBatch & { n: number })[] = [];
  const threads = new Map<string, FeedItem>();
  let n = 0;
  const position = (at: number) => `${run}-${at}`;

  return {
    publish(items) {
      if (items.length === 0) return;
      n += 1;
      const batch = { n, position: position(n), items };
      batches.push(batch);
      if (batches.length > keptBatches) batches.shift();
      for (const item of items) {
        if (isOfThread(item)) threads.set(item.id, item);
      }
      for (const id of threads.keys()) {
        if (threads.size <= keptThreads) break;
        threads.delete(id);
      }
      for (const listener of listeners) listener(batch);
    },

    since(last) {
      const [lastRun, lastN] = last.split('-');
      const oldest = batches[0]?.n ?? n + 1;
      if (lastRun !== run || Number(lastN) < oldest - 1 || Number(lastN) > n) return null;
      return batches.filter((batch) => batch.n > Number(lastN));
    },

    snapshot() {
      const behind = batches.flatMap(({ items }) => items.filter((item) => !isOfThread(item)));
      return { position: position(n), items: [...threads.values(), ...behind] };
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isOfThread(item: FeedItem): item is Extract<FeedItem, { kind: 'text' | 'call' | 'silence' }> {
  return item.kind === 'text' || item.kind === 'call' || item.kind === 'silence';
}
