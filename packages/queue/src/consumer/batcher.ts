/**
 * Gathers what arrives while the last batch is under way, and sends it as the next: nothing waits when it is quiet, and
 * batches fill when it is busy. Each `add` settles with its batch.
 */
export function makeBatcher<T>(size: number, send: (items: readonly T[]) => Promise<void>) {
  let waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let sending = false;

  const drain = async () => {
    if (sending) return;
    sending = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, size);
      waiting = waiting.slice(size);
      try {
        await send(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    sending = false;
  };

  return {
    add: (item: T) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        // What other messages finish in this turn of the event loop joins the batch.
        setImmediate(() => void drain());
      }),
  };
}
