import { newId, type Clock } from '@frontdesk/kernel';
import { readSquareEvent } from '@frontdesk/providers/square-webhooks';
import { context } from '@opentelemetry/api';
import { storedPayload } from '../acceptance/stored-payload.ts';
import type { WebhookRoute } from '../http/webhook-route.ts';

export const squarePath = '/webhooks/square';

/** `POST /webhooks/square`: payments, and events that are only kept. */
export function squareRoute({ verify, clock }: { verify: WebhookRoute['verify']; clock: Clock }): WebhookRoute {
  return {
    path: squarePath,
    provider: 'square',
    verify,
    read({ raw, body }) {
      const { eventType, externalId, occurredAt, merchantId, locationId, content } = readSquareEvent(body);
      const verifiedAt = clock();
      return {
        id: newId(),
        provider: 'square',
        kind: eventType,
        externalId,
        payload: storedPayload(raw, body),
        verifiedAt,
        occurredAt: occurredAt ?? verifiedAt,
        addressee: { by: 'square', merchantId, locationId },
        content,
        trace: context.active(),
      };
    },
  };
}
