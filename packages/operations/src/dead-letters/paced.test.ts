import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paceOf } from './paced.ts';

describe('a pace', () => {
  it('never lets more through than so many per second, whatever the chunks and whatever time passes between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.record({ count: fc.integer({ min: 1, max: 50 }), restMs: fc.integer({ min: 0, max: 3_000 }) })),
        async (perSecond, chunks) => {
          let ms = 0;
          const pace = paceOf(perSecond, {
            now: () => ms,
            wait: async (waitMs) => {
              ms += waitMs;
            },
          });
          let previous: { at: number; count: number } | null = null;
          for (const { count, restMs } of chunks) {
            ms += restMs;
            await pace(count);
            // Each chunk has the time to itself that its events may take.
            if (previous !== null)
              expect(ms - previous.at + 1e-6).toBeGreaterThanOrEqual((previous.count * 1_000) / perSecond);
            previous = { at: ms, count };
          }
        },
      ),
    );
  });

  it('waits for nothing that may go at once', async () => {
    const waits: number[] = [];
    const pace = paceOf(10, { now: () => 0, wait: async (ms) => void waits.push(ms) });
    await pace(5);
    await pace(5);
    expect(waits).toEqual([500]);
  });
});
