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
  return ({ body, json, query, verifiedAt = clock() }) => {
    const event = readEvent(body, query);
    return [webhookOf(event, { provider, payload: storedPayload(json, body), verifiedAt })];
  };
}

export function webhookOf(
  { eventType, externalId, occurredAt, addressee, content }: ProviderEvent,
  { provider, payload, verifiedAt }: Pick<Webhook, 'provider' | 'payload' | 'verifiedAt'>,
): Webhook {
  return {
    id: newId(),
    provider,
    kind: eventType,
    externalId,
    payload,
    verifiedAt,
    occurredAt: occurredAt ?? verifiedAt,
    addressee,
    content,
    trace: context.active(),
  };
}

/** A receipt is of the attempt that it names, or the address that it came to. */
export function ofCarrier({ content, ...event }: CarrierEvent, query: URLSearchParams): ProviderEvent {
  if (content.kind !== 'delivery-report') return { ...event, content };
  const attempt = content.attemptId ?? query.get('attempt') ?? '';
  return { ...event, content: { ...content, attemptId: isId(attempt) ? attempt.toLowerCase() : null } };
}
