import { TextRequestedV1 } from '@frontdesk/contracts';
import type { AttemptSend } from '@frontdesk/messaging';
import { on } from '@frontdesk/queue';

/** The first try of a text; retries ring as alarms. */
export const onTextRequested = (attemptSend: AttemptSend) =>
  on(TextRequestedV1, ({ orgId, data: { messageId } }, once) => attemptSend({ orgId, messageId }, once));
