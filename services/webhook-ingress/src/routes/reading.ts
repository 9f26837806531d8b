import { isId, newId, type Clock } from '@frontdesk/kernel';
import type { CarrierEvent } from '@frontdesk/providers/telnyx-webhooks';
import { context } from '@opentelemetry/api';
import { storableBody, storedPayload } from '../acceptance/stored-payload.ts';
import { clockTolerance, type Webhook } from '../acceptance/webhook.ts';
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
  return ({ query, verifiedAt = clock(), ...request }) => {
    const { body, json } = storableBody(request);
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
    occurredAt: notAhead(occurredAt, verifiedAt) ?? verifiedAt,
    addressee,
    content: inTime(content, verifiedAt),
    trace: context.active(),
  };
}

function inTime(content: Webhook['content'], verifiedAt: Temporal.Instant): Webhook['content'] {
  if (content.kind === 'text') return { ...content, receivedAt: notAhead(content.receivedAt, verifiedAt) };
  if (content.kind === 'call') return { ...content, at: notAhead(content.at, verifiedAt) };
  return content;
}

/** A moment that has not come yet counts as not told: whatever the person writes next would count as older. */
function notAhead(at: Temporal.Instant | null, verifiedAt: Temporal.Instant): Temporal.Instant | null {
  return at !== null && Temporal.Instant.compare(at, verifiedAt.add(clockTolerance)) > 0 ? null : at;
}

/** A receipt is of the attempt that it names, or the address that it came to. */
export function ofCarrier({ content, ...event }: CarrierEvent, query: URLSearchParams): ProviderEvent {
  if (content.kind !== 'delivery-report') return { ...event, content };
  const attempt = content.attemptId ?? query.get('attempt') ?? '';
  return { ...event, content: { ...content, attemptId: isId(attempt) ? attempt.toLowerCase() : null } };
}
