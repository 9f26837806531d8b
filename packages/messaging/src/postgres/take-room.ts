import type { TenantTransaction } from '@frontdesk/db';
import type { NoRoom, Place } from '../waiting-line.ts';
import { accountKey, type Limit } from '../ways.ts';

/**
 * Takes room for one text under all its limits, which all instances share. Null when it was taken; it is held until the
 * transaction ends, and given back when that fails.
 */
export async function takeRoom(
  tx: TenantTransaction,
  { place, limits, now }: { place: Place; limits: readonly Limit[]; now: Temporal.Instant },
): Promise<NoRoom | null> {
  const [full] = await tx.$queryRaw<{ full_key: string; wait_ms: number }[]>`
    select full_key, wait_ms from take_send_room(
      ${limits.map(({ key }) => key)}::text[], ${limits.map(({ perSecond }) => perSecond)}::double precision[])`;
  if (full === undefined) return null;
  const whole = full.full_key === accountKey(place.carrier) ? 'carrier' : 'number';
  return { ...place, whole, until: now.add({ milliseconds: full.wait_ms }) };
}
