import { assertMayLeave, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import type { CallControl } from '@frontdesk/messaging/ports';
import { readFailure } from './api-failure.ts';
import { telnyxClient, type TelnyxSettings } from './sms-gateway.ts';

/** The call ended before the command came. */
const callIsOver = '90018';

/** Commands to calls at Telnyx. A repeated command id is ignored there for a minute, so a command may be tried again. */
export function telnyxCallControl(settings: TelnyxSettings): CallControl {
  const client = telnyxClient(settings);
  return {
    async reject({ callControlId, commandId }) {
      assertMayLeave('reject a call at Telnyx');
      try {
        await client.calls.actions.reject(
          callControlId,
          { cause: 'USER_BUSY', command_id: commandId },
          { signal: AbortSignal.timeout(settings.timeoutMs) },
        );
      } catch (error) {
        const failure = readFailure(error);
        if (failure.kind === 'answered' && failure.code === callIsOver) return;
        const isFinal = failure.kind === 'answered' && failure.status < 500 && ![408, 429].includes(failure.status);
        if (isFinal)
          throw new PermanentFailure(`the carrier would not reject the call (${failure.code ?? failure.status})`);
        throw new TransientFailure(`the carrier could not be told to reject the call (${failure.code ?? 'no code'})`);
      }
    },
  };
}
