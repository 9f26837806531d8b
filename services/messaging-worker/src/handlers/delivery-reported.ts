import { DeliveryReportedV1, type CarrierName } from '@frontdesk/contracts';
import type { Clock, Logger } from '@frontdesk/kernel';
import type { TextTasks } from '@frontdesk/messaging';
import { recordDeliveryReport, type TextMove } from '@frontdesk/messaging/postgres';
import { on } from '@frontdesk/queue';
import { meter } from '@frontdesk/runtime';

export function onDeliveryReported(ports: {
  tasks: TextTasks;
  onMove: (move: TextMove) => void;
  /** Whether a code of a carrier says that it blocks the person. */
  blocks: (provider: CarrierName, code: string) => boolean;
  clock: Clock;
  logger: Logger;
}) {
  const reports = meter().createCounter('frontdesk_messaging_receipts', {
    description: "the carrier's receipts, by what they say of the text",
  });
  return on(DeliveryReportedV1, async ({ orgId, data }, once) => {
    const { tasks, onMove, blocks, clock, logger } = ports;
    const { provider, attemptId, providerMessageId, status, errorCode } = data;
    const blocked = errorCode !== null && blocks(provider, errorCode);
    const report = { orgId, provider, attemptId, providerMessageId, status, errorCode, blocked, now: clock() };
    const moves: TextMove[] = [];
    const effect = await once((tx) => recordDeliveryReport(tx, report, tasks, (move) => void moves.push(move)));
    if (effect !== null) reports.add(1, { provider, status });
    if (effect === 'moved') moves.forEach(onMove);
    if (effect === 'attempt-unknown') logger.warn({ orgId, attemptId, status }, 'a receipt of an unknown attempt');
  });
}
