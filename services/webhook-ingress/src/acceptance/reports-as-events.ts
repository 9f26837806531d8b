import { DeliveryReportedV1, RegistrationDueV1, SquarePaymentReportedV1 } from '@frontdesk/contracts';
import type { OutboxRow } from '@frontdesk/db';
import type { RegistrationReport } from '@frontdesk/providers/telnyx-webhooks';
import { outboxRowOf } from './outbox-row-of.ts';
import { storedText } from './stored-payload.ts';
import { isAbout, type Addressed } from './webhook.ts';

/** What providers report of texts, payments and registrations goes on to the service that keeps them. */
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
  const registrations = webhooks.filter(isAbout('registration-report')).flatMap((webhook) => {
    const { registrationId } = webhook.clinic;
    if (registrationId === null) return [];
    const data = { registrationId, news: newsOf(webhook.content.news) };
    return [outboxRowOf(webhook, registrationId, RegistrationDueV1, data)];
  });
  return [...deliveries, ...payments, ...registrations];
}

/** As the event may carry it. Null where nothing is told but that there is news. */
function newsOf({ status, reasons }: RegistrationReport['news']) {
  if (status === null && reasons.length === 0) return null;
  const words = (text: string, most: number) => storedText(text).text.slice(0, most);
  return {
    status: status === null ? null : words(status, 100),
    reasons: reasons.slice(0, 20).map((reason) => words(reason, 1_000)),
  };
}
