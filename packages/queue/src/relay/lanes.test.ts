import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lanesOf } from './lanes.ts';

const entries = fc
  .array(
    fc.record({
      queue: fc.constantFrom('conversation.fifo', 'messaging.fifo'),
      groupId: fc.integer({ min: 0, max: 16 }).map((n) => `group ${n}`),
    }),
  )
  .map((rows) => rows.map((row, n) => ({ ...row, n })));

describe('the lanes of a claim', () => {
  it('carry every entry once', () => {
    fc.assert(
      fc.property(entries, (rows) => {
        const carried = lanesOf(rows, 10).flat(2);
        expect(carried.map(({ n }) => n).sort((a, b) => a - b)).toEqual(rows.map(({ n }) => n));
      }),
    );
  });

  it('keep each group of a queue in one lane, in its order, and never twice in a batch', () => {
    fc.assert(
      fc.property(entries, (rows) => {
        const laneOfGroup = new Map<string, number>();
        lanesOf(rows, 10).forEach((lane, laneNumber) => {
          const last = new Map<string, number>();
          for (const batch of lane) {
            const names = batch.map(({ queue, groupId }) => `${queue}/${groupId}`);
            expect(new Set(names).size).toBe(names.length);
            for (const [n, name] of names.entries()) {
              expect(laneOfGroup.get(name) ?? laneNumber).toBe(laneNumber);
              laneOfGroup.set(name, laneNumber);
              expect(batch[n]?.n).toBeGreaterThan(last.get(name) ?? -1);
              last.set(name, batch[n]?.n ?? -1);
            }
          }
        });
      }),
    );
  });

  it('fill batches of ten for one queue each', () => {
    const rows = Array.from({ length: 25 }, (_, n) => ({ queue: 'messaging.fifo', groupId: `group ${n}` }));
    expect(lanesOf(rows, 10).map((lane) => lane.map((batch) => batch.length))).toEqual([[10], [10], [5]]);
  });
});
