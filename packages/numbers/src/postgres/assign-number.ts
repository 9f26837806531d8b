import type { PhoneCarrier } from '@frontdesk/contracts';
import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';

export type NumberOrigin = 'entered' | 'bought' | 'hosted';
export type CallHandling = 'ring' | 'reject';

export type NewAssignment = {
  orgId: Id;
  number: PhoneNumber;
  locationId: Id;
  carrier: PhoneCarrier;
  profileId: string;
  numberId: string | null;
  origin: NumberOrigin;
  callHandling: CallHandling;
  now: Temporal.Instant;
};

/**
 * Gives the number to the clinic, whoever had it before; no campaign, throughput or transfer target of before stays on it.
 * Returns false when it was assigned anew later than `now`.
 */
export async function assignNumber(tx: TenantTransaction, assignment: NewAssignment): Promise<boolean> {
  const { orgId, number, locationId, carrier, profileId, numberId, origin, callHandling, now } = assignment;
  const [row] = await tx.$queryRaw<{ assigned: boolean }[]>`
    select assign_number(${orgId}::uuid, ${number}, ${locationId}::uuid, ${carrier}, ${profileId}, ${numberId}, ${origin},
      ${callHandling}, ${toDate(now)}::timestamptz) as assigned`;
  return row?.assigned ?? false;
}

/** Whether another clinic has ordered the number, and neither got it nor gave it up yet. */
export async function isOnItsWayElsewhere(
  tx: TenantTransaction,
  { orgId, number }: { orgId: Id; number: PhoneNumber },
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ elsewhere: boolean }[]>`
    select is_on_its_way_elsewhere(${number}, ${orgId}::uuid) as elsewhere`;
  return row?.elsewhere ?? true;
}

/** Which clinic of the desk has the number. Null: none. */
export async function holderOf(
  tx: TenantTransaction,
  number: PhoneNumber,
): Promise<{ orgId: Id; origin: NumberOrigin } | null> {
  const [row] = await tx.$queryRaw<{ orgId: Id; origin: NumberOrigin }[]>`
    select org_id as "orgId", origin from holder_of_number(${number})`;
  return row ?? null;
}
