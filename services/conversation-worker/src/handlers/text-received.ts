import { TextReceivedV1 } from '@frontdesk/contracts';
import type { TurnRequest, TurnResult } from '@frontdesk/conversation';
import { on } from '@frontdesk/queue';

/** A doorbell: the turn takes all unanswered texts of the conversation. */
export const onTextReceived = (takeTurn: (request: TurnRequest) => Promise<TurnResult>) =>
  on(TextReceivedV1, ({ id, orgId, data: { conversationId } }, once) =>
    takeTurn({ orgId, conversationId, causationId: id, commit: once }),
  );
