import { openStaffTask, resolveStaffTasks } from '@frontdesk/clinics/postgres';
import type { CloseTasks, OpenTask } from '@frontdesk/numbers';

const dueIn = Temporal.Duration.from({ hours: 24 });

/** What providers leave for people to do, on the clinic's list of tasks. */
export const openRegistrationTask: OpenTask = async (tx, task) => {
  await openStaffTask(tx, { ...task, kind: 'registration', dueIn });
};

export const closeRegistrationTasks: CloseTasks = resolveStaffTasks;
