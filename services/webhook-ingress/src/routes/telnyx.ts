import { isId, newId, type Clock } from '@frontdesk/kernel';
import { readTelnyxEvent, type VerifySignature } from '@frontdesk/providers/telnyx-webhooks';
import { context } from '@opentelemetry/api';
import { storedPayload } from '../acceptance/stored-payload.ts';
import type { WebhookRoute } from '../http/webhook-route.ts';

/** `POST /webhooks/telnyx/…`: texts, receipts and calls look alike, and each is known by its event type. */
export function telnyxRoute({
  path,
  verify,
  clock,
}: {
  path: '/webhooks/telnyx/messages' | '/webhooks/telnyx/voice';
  verify: VerifySignature;
  clock: Clock;
}): WebhookRoute {
  return {
    path,
    provider: 'telnyx',
    verify,
    read({ raw, body, query }) {
      const { eventType, externalId, occurredAt, clinicNumbers, content } = readTelnyxEvent(body);
      const attempt = query.get('attempt') ?? '';
      const attemptId = isId(attempt) ? attempt.toLowerCase() : null;
      const verifiedAt = clock();
      return {
        id: newId(),
        provider: 'telnyx',
        kind: eventType,
        externalId,
        payload: storedPayload(raw, body),
        verifiedAt,
        occurredAt: occurredAt ?? verifiedAt,
        addressee: { by: 'number', numbers: clinicNumbers },
        content: content.kind === 'delivery-report' ? { ...content, attemptId } : content,
        trace: context.active(),
      };
    },
  };
}
