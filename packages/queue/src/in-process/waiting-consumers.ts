import type { Received } from '../consumer/read-message.ts';
import type { Wanted } from '../postgres/hand-out.ts';

type Waiting = { most: number; give: (messages: Received[]) => void; signal: AbortSignal };

/** The consumers that wait for messages, one per queue. */
export function makeWaitingConsumers() {
  const waiting = new Map<string, Waiting>();
  let beingServed: ReadonlySet<string> = new Set();

  const giveUp = (queue: string) => {
    // Rows that are being picked for it count as handed out: it gets them all the same, and gives them back.
    if (beingServed.has(queue)) return;
    waiting.get(queue)?.give([]);
    waiting.delete(queue);
  };

  return {
    /** Resolves with messages, or with none once the signal comes. */
    wait(queue: string, most: number, signal: AbortSignal): Promise<Received[]> {
      if (signal.aborted) return Promise.resolve([]);
      const { promise, resolve: give } = Promise.withResolvers<Received[]>();
      const onAbort = () => giveUp(queue);
      signal.addEventListener('abort', onAbort, { once: true });
      waiting.set(queue, { most, give, signal });
      return promise.finally(() => signal.removeEventListener('abort', onAbort));
    },
    /** Has `pick` find what is wanted now, and gives it out. */
    async serve(pick: (wanted: Wanted) => Promise<readonly { queue: string; message: Received }[]>): Promise<void> {
      if (waiting.size === 0) return;
      const wanted = new Map([...waiting].map(([queue, { most }]) => [queue, most]));
      beingServed = new Set(wanted.keys());
      try {
        const picked = Map.groupBy(await pick(wanted), ({ queue }) => queue);
        for (const [queue, messages] of picked) {
          const consumer = waiting.get(queue);
          waiting.delete(queue);
          consumer?.give(messages.map(({ message }) => message));
        }
      } finally {
        beingServed = new Set();
        for (const [queue, { signal }] of waiting) if (signal.aborted) giveUp(queue);
      }
    },
  };
}
