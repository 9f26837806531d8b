import { CallParkedV1 } from '@frontdesk/contracts';
import { recordAudit } from '@frontdesk/db';
import { derivedId, type Clock } from '@frontdesk/kernel';
import type { CallControl } from '@frontdesk/messaging';
import { on } from '@frontdesk/queue';

/** Ends a call that nobody will take, so that it counts as missed. The command may repeat: its id is the call's. */
export const onCallParked = ({ callControl, clock }: { callControl: CallControl; clock: Clock }) =>
  on(CallParkedV1, async ({ orgId, data: { callId, callControlId } }, once) => {
    await callControl.reject({ callControlId, commandId: derivedId(`reject:${callId}`) });
    const subject = { type: 'call', id: callId };
    const entry = { orgId, actor: 'messaging-worker', action: 'call rejected', subject, at: clock() };
    await once((tx) => recordAudit(tx, entry));
  });
