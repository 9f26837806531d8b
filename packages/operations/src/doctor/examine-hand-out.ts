import type { OperatorDatabase } from '@frontdesk/db';
import type { Clock } from '@frontdesk/kernel';
import { isHandedOut } from '@frontdesk/queue';
import { measureOutbox } from '../queues/measure-outbox.ts';
import { doubtful, fine, wrong, type Finding } from './finding.ts';

const longWaitSeconds = 60;

/** Beside queues nobody may hand out: events that tools publish to the queues would reach no one. */
export async function examineNoHandOut(database: OperatorDatabase): Promise<Finding[]> {
  if (!(await isHandedOut(database.pool))) return [];
  const says = 'a process hands out the events of this database, so its desk runs in one process';
  return [wrong('handing out', says, 'set FRONTDESK_MODE=one-process, or stop that process')];
}

/** What stands in the place of queues where the desk runs in one process: that it hands out, and keeps up with it. */
export async function examineHandOut(database: OperatorDatabase, clock: Clock): Promise<Finding[]> {
  const [isLed, depths] = await Promise.all([isHandedOut(database.pool), measureOutbox(database)]);
  return [
    isLed
      ? fine('handing out', 'a process hands out the events')
      : wrong(
          'handing out',
          'no process hands out the events',
          'start the desk (docs/bootstrap-mode.md) and read its log',
        ),
    ...depths.flatMap(({ queue, oldestSince }) => {
      const waited = oldestSince === null ? 0 : clock().since(oldestSince).total('seconds');
      if (waited < longWaitSeconds) return [];
      const says = `the oldest event waits for ${Math.round(waited)} s`;
      return [doubtful(queue, says, 'read the log of the desk (docs/runbooks/queue-backing-up.md)')];
    }),
  ];
}
