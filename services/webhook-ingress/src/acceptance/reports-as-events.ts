import { DeliveryReportedV1, SquarePaymentReportedV1 } from '@frontdesk/contracts';
import type { OutboxRow } from '@frontdesk/db';
import { outboxRowOf } from './outbox-row-of.ts';
import { isAbout, type Addressed } from './webhook.ts';

/** What providers report of texts and payments goes on to the service that keeps them. */
export function reportsAsEvents(webhooks: readonly Addressed[]): OutboxRow[] {
  const deliveries = webhooks.filter(isAbout('delivery-report')).map((webhook) => {
    const { provider, messageId, attemptId, status, errorCode } = webhook.content;
    const data = { webhookEventId: webhook.id, provider, attemptId, providerMessageId: messageId, status, errorCode };
    return outboxRowOf(webhook, messageId, DeliveryReportedV1, data);
  });
  const payments = webhooks.filter(isAbout('payment')).map((webhook) => {
    const { kind: _, ...report } = webhook.content;
    return outboxRowOf(webhook, report.orderId, SquarePaymentReportedV1, { webhookEventId: webhook.id, ...report });
  });
  return [...deliveries, ...payments];
}
