import { isId, newId, type Clock } from '@frontdesk/kernel';
import type { CarrierEvent } from '@frontdesk/providers/telnyx-webhooks';
import { context } from '@opentelemetry/api';
import { storedPayload } from '../acceptance/stored-payload.ts';
import type { Webhook } from '../acceptance/webhook.ts';
import type { WebhookRoute } from '../http/webhook-route.ts';

/** A provider's event, whatever its provider. */
type ProviderEvent = Pick<Webhook, 'externalId' | 'addressee' | 'content'> & {
  eventType: string;
  occurredAt: Temporal.Instant | null;
};

/** How a route reads its webhooks: `readEvent` knows the provider's words, the rest is alike for all. */
export function reading(
  provider: Webhook['provider'],
  clock: Clock,
  readEvent: (body: unknown, query: URLSearchParams) => ProviderEvent,
): WebhookRoute['read'] {
  return ({ body, json, query }) => {
    const { eventType, externalId, occurredAt, addressee, content } = readEvent(body, query);
    const verifiedAt = clock();
    return {
      id: newId(),
      provider,
      kind: eventType,
      externalId,
      payload: storedPayload(json, body),
      verifiedAt,
      occurredAt: occurredAt ?? verifiedAt,
      addressee,
      content,
      trace: context.active(),
    };
  };
}

/** A carrier's event is for whoever has one of its numbers; a receipt is of the attempt that its address names. */
export function ofCarrier({ content, ...event }: CarrierEvent, query: URLSearchParams): ProviderEvent {
  const attempt = query.get('attempt') ?? '';
  const attemptId = isId(attempt) ? attempt.toLowerCase() : null;
  return {
    ...event,
    content: content.kind === 'delivery-report' ? { ...content, attemptId } : content,
  };
}
