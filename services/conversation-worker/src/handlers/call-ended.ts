import { CallEndedV1 } from '@frontdesk/contracts';
import { on } from '@frontdesk/queue';
import type { JudgeCall, WaitForCall } from '../judge-call.ts';

/** Waits until late events of the call had time to arrive, then judges it. */
export const onCallEnded = (waitForCall: WaitForCall, judgeCall: JudgeCall) =>
  on(CallEndedV1, async ({ id, orgId, data: { callId } }, once) => {
    await waitForCall({ orgId, callId });
    await once((tx) => judgeCall(tx, { orgId, callId, causationId: id }));
  });
