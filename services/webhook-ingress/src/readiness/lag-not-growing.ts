import type { Lag } from '@frontdesk/queue';

const tolerableSeconds = 10;

/** Fails while events wait for longer than they should and the wait has grown since the last look. */
export function lagNotGrowing(lag: () => Promise<Lag>): () => Promise<void> {
  let before = 0;
  return async () => {
    const { oldestSeconds, rows } = await lag();
    const grows = oldestSeconds > before;
    before = oldestSeconds;
    if (oldestSeconds > tolerableSeconds && grows) {
      throw new Error(`${rows} events wait to be published, the oldest for ${Math.round(oldestSeconds)} s`);
    }
  };
}
