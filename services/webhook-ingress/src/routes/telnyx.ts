import type { Clock } from '@frontdesk/kernel';
import { readTelnyxEvent, type VerifySignature } from '@frontdesk/providers/telnyx-webhooks';
import { tellOutcome } from '../http/answer.ts';
import { jsonBody } from '../http/body-format.ts';
import { usualBodyAtMostBytes, type WebhookRoute } from '../http/webhook-route.ts';
import { ofCarrier, reading } from './reading.ts';

/** `POST /webhooks/telnyx/…`: texts, receipts and calls look alike, and each is known by its event type. */
export function telnyxRoutes({ verify, clock }: { verify: VerifySignature; clock: Clock }): WebhookRoute[] {
  const read = reading('telnyx', clock, (body, query) => ofCarrier(readTelnyxEvent(body), query));
  return ['/webhooks/telnyx/messages', '/webhooks/telnyx/voice'].map((path) => ({
    path,
    provider: 'telnyx',
    formats: [jsonBody],
    verify,
    bodyAtMostBytes: usualBodyAtMostBytes,
    reads: () => true,
    read,
    answer: tellOutcome,
  }));
}
