import { AppointmentChangedV1 } from '@frontdesk/contracts';
import type { Clock } from '@frontdesk/kernel';
import { scheduleVisitTexts } from '@frontdesk/messaging/postgres';
import { on } from '@frontdesk/queue';
import type { ArmScheduled } from '../arm-scheduled.ts';

/** Makes the reminders and the follow-up of a visit what they should be, as the visit is now. */
export const onAppointmentChanged = ({ clock, arm }: { clock: Clock; arm: ArmScheduled }) =>
  on(AppointmentChangedV1, async ({ id, orgId, data: { appointmentId } }, once) => {
    const planning = { orgId, appointmentId, causationId: id, now: clock() };
    await arm(orgId, await once((tx) => scheduleVisitTexts(tx, planning)));
  });
