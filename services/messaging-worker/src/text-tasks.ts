import { openStaffTask, resolveStaffTask } from '@frontdesk/clinics/postgres';
import type { TextTasks } from '@frontdesk/messaging';
import { tellOfMissingRegistration } from './registrations/tell-of-missing-registration.ts';

const dueIn = Temporal.Duration.from({ hours: 1 });

/** Texts that somebody has to look after, on the clinic's list of tasks. */
export const textTasks: TextTasks = {
  async open(tx, { conversationId, ...task }) {
    await openStaffTask(tx, { ...task, dueIn, ...(conversationId !== null && { conversationId }) });
    if (task.kind === 'text-failed') await tellOfMissingRegistration(tx, task);
  },
  async resolve(tx, task) {
    await resolveStaffTask(tx, task);
  },
};
