import { OptOutUnderstoodV1 } from '@frontdesk/contracts';
import type { Clock } from '@frontdesk/kernel';
import type { TextTasks } from '@frontdesk/messaging';
import { understandOptOut } from '@frontdesk/messaging/postgres';
import { on } from '@frontdesk/queue';
import { optOutCounter } from '../opt-out-counter.ts';

/** The model read that a person wants no more texts: recorded, applied to what waits, and confirmed once. */
export function onOptOutUnderstood({ tasks, clock }: { tasks: Pick<TextTasks, 'resolve'>; clock: Clock }) {
  const optOuts = optOutCounter();
  return on(OptOutUnderstoodV1, async ({ id, orgId, data }, once) => {
    const effect = await once((tx) => understandOptOut(tx, { ...data, orgId, causationId: id, now: clock() }, tasks));
    if (effect !== null && effect !== 'decided-since') optOuts.add(1, { source: 'model' });
  });
}
