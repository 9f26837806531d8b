import { TimesOfferedV1 } from '@frontdesk/contracts';
import type { Clock } from '@frontdesk/kernel';
import { scheduleOfferFollowUp } from '@frontdesk/messaging/postgres';
import { on } from '@frontdesk/queue';
import type { ArmScheduled } from '../arm-scheduled.ts';

/** Schedules the one follow-up for a person who stays silent. */
export const onTimesOffered = ({ clock, arm }: { clock: Clock; arm: ArmScheduled }) =>
  on(TimesOfferedV1, async ({ id, orgId, data }, once) => {
    const planning = { ...data, orgId, causationId: id, now: clock() };
    await arm(orgId, await once((tx) => scheduleOfferFollowUp(tx, planning)));
  });
