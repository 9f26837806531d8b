import { isHandedOut } from '@frontdesk/queue';
import type { CommandContext } from './context.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * Nothing is published to queues beside a desk that runs in one process: nobody would read it there.
 * @throws CommandFailure when such a desk runs, and the environment does not say so
 */
export async function refuseWrongMode(context: CommandContext): Promise<void> {
  if (!context.target.hasQueues || !(await isHandedOut(context.operatorDatabase().pool))) return;
  context.out.fail(
    'Nothing was done: the desk of this database runs in one process, without queues. Set FRONTDESK_MODE=one-process.',
    exitCodes.refused,
  );
}
