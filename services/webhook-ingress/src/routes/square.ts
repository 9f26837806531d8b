import type { Clock } from '@frontdesk/kernel';
import { readSquareEvent } from '@frontdesk/providers/square-webhooks';
import { tellOutcome } from '../http/answer.ts';
import { jsonBody } from '../http/body-format.ts';
import { usualBodyAtMostBytes, type WebhookRoute } from '../http/webhook-route.ts';
import { reading } from './reading.ts';

export const squarePath = '/webhooks/square';

/** `POST /webhooks/square`: payments, and events that are only kept. */
export function squareRoute({ verify, clock }: { verify: WebhookRoute['verify']; clock: Clock }): WebhookRoute {
  return {
    path: squarePath,
    provider: 'square',
    formats: [jsonBody],
    verify,
    bodyAtMostBytes: usualBodyAtMostBytes,
    reads: () => true,
    read: reading('square', clock, (body) => {
      const { merchantId, locationId, ...event } = readSquareEvent(body);
      return { ...event, addressee: { by: 'square', merchantId, locationId } };
    }),
    answer: tellOutcome,
  };
}
