import { openStaffTask } from '@frontdesk/clinics/postgres';
import type { OpenTask } from '@frontdesk/numbers';

const dueIn = Temporal.Duration.from({ hours: 24 });

/** What providers leave for people to do, on the clinic's list of tasks. */
export const openRegistrationTask: OpenTask = async (tx, task) => {
  await openStaffTask(tx, { ...task, kind: 'registration', dueIn });
};
