import { DeliveryReportedV1 } from '@frontdesk/contracts';
import type { Clock, Id, Logger } from '@frontdesk/kernel';
import type { AttemptSendPorts, ReconcilePorts, TemplateDoubts, TextTasks } from '@frontdesk/messaging';
import { recordDeliveryReport, type TextMove } from '@frontdesk/messaging/postgres';
import { on } from '@frontdesk/queue';
import { meter } from '@frontdesk/runtime';

export function onDeliveryReported(ports: {
  tasks: TextTasks;
  onMove: (move: TextMove) => void;
  templates: TemplateDoubts;
  readCode: ReconcilePorts['readCode'];
  /** Wakes the sending of a text that is due again. */
  arm: AttemptSendPorts['arm'];
  clock: Clock;
  logger: Logger;
}) {
  const reports = meter().createCounter('frontdesk_messaging_receipts', {
    description: "the carrier's receipts, by what they say of the text",
  });
  return on(DeliveryReportedV1, async ({ orgId, data }, once) => {
    const { tasks, templates, onMove, readCode, arm, clock, logger } = ports;
    const { provider, attemptId, providerMessageId, status, errorCode } = data;
    const now = clock();
    const meaning = errorCode === null ? {} : readCode(provider, errorCode);
    const report = { orgId, provider, attemptId, providerMessageId, status, errorCode, ...meaning, now };
    const moves: TextMove[] = [];
    const queued: Id[] = [];
    const effect = await once((tx) =>
      recordDeliveryReport(tx, report, tasks, {
        templates,
        onMove: (move) => void moves.push(move),
        onQueued: (messageId) => void queued.push(messageId),
      }),
    );
    if (effect !== null) reports.add(1, { provider, status });
    if (effect === 'moved') moves.forEach(onMove);
    for (const messageId of queued) await arm({ orgId, messageId }, now);
    if (effect === 'attempt-unknown') logger.warn({ orgId, attemptId, status }, 'a receipt of an unknown attempt');
  });
}
