import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { FreeTime } from '../appointment.ts';
import { freeTimes, type Wish } from '../free-times.ts';
import { loadDiaries } from './load-diaries.ts';

export type FreeTimesQuery = Wish & { orgId: Id; serviceId: Id; now: Temporal.Instant; limit: number };

/** Times that really are free for the service and suit the person, spread over days. Empty when there are none. */
export async function findFreeTimes(tx: TenantTransaction, query: FreeTimesQuery): Promise<FreeTime[]> {
  const { now, limit, orgId, serviceId, ...wish } = query;
  const { minutes, diaries } = await loadDiaries(tx, { orgId, serviceId, now });
  return freeTimes({ diaries, minutes, now, wish, limit });
}
