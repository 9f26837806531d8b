import { OptOutUnderstoodV1 } from '@frontdesk/contracts';
import type { Clock } from '@frontdesk/kernel';
import { understandOptOut } from '@frontdesk/messaging/postgres';
import { on } from '@frontdesk/queue';

/** The model read that a person wants no more texts: recorded, applied to what waits, and confirmed once. */
export const onOptOutUnderstood = ({ clock }: { clock: Clock }) =>
  on(OptOutUnderstoodV1, ({ id, orgId, data }, once) =>
    once((tx) => understandOptOut(tx, { ...data, orgId, causationId: id, now: clock() })),
  );
