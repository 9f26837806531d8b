import type { Id } from '@frontdesk/kernel';
import type { ScheduledRow } from '@frontdesk/messaging/postgres';
import type { Alarms } from '@frontdesk/queue';

export const scheduledAlarm = 'scheduled-text';

/** Sets the alarms of rows that were scheduled just now; null: the event had its effect before. */
export type ArmScheduled = (orgId: Id, rows: readonly ScheduledRow[] | null) => Promise<void>;

export function makeArmScheduled(alarms: Pick<Alarms, 'arm'>): ArmScheduled {
  return async (orgId, rows) => {
    for (const { id, dueAt } of rows ?? []) await alarms.arm(scheduledAlarm, { orgId, id }, dueAt);
  };
}
