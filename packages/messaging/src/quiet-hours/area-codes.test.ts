import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { areaCodesSource } from '../../test/numbering-plan/area-codes-source.ts';
import { readNumberingPlan } from '../../test/numbering-plan/read-numbering-plan.ts';

describe('the table of area codes', () => {
  const plan = readNumberingPlan();

  it('is what the library knows: write it anew with `pnpm --filter @frontdesk/messaging area-codes`', () => {
    const table = readFileSync(new URL('area-codes.ts', import.meta.url), 'utf8');
    expect(table).toBe(areaCodesSource(plan));
  });

  it('has every state, and no zone that the clock does not know', () => {
    expect(new Set(plan.flatMap(({ state }) => state ?? [])).size).toBe(50 + 1 + 5); // with the capital and the islands
    const unknown = plan.flatMap(({ zones }) => zones.filter((zone) => !isKnown(zone)));
    expect(unknown).toEqual([]);
  });
});

function isKnown(zone: string): boolean {
  return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId === zone;
}
