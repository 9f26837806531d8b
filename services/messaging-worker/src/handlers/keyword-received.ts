import { KeywordReceivedV1 } from '@frontdesk/contracts';
import type { Clock } from '@frontdesk/kernel';
import { answerKeyword } from '@frontdesk/messaging/postgres';
import { on } from '@frontdesk/queue';

/** STOP, HELP or START: the opt-out is recorded already, an answer may be due. */
export const onKeywordReceived = ({ clock }: { clock: Clock }) =>
  on(KeywordReceivedV1, ({ id, orgId, data }, once) =>
    once((tx) => answerKeyword(tx, { ...data, orgId, causationId: id, now: clock() })),
  );
