import type { Clock } from '@frontdesk/kernel';
import { answerMetaChallenge, readMetaEvents, splitMetaBody } from '@frontdesk/providers/meta-webhooks';
import type { VerifySignature } from '@frontdesk/providers/telnyx-webhooks';
import { storableBody, storedPayload } from '../acceptance/stored-payload.ts';
import { tellOutcome } from '../http/answer.ts';
import { jsonBody } from '../http/body-format.ts';
import type { WebhookRoute } from '../http/webhook-route.ts';
import { ofCarrier, webhookOf } from './reading.ts';

const metaPath = '/webhooks/meta';

/** As Meta's documentation has it: one request may bring many events. */
const bodyAtMostBytes = 3 * 1024 * 1024;

/**
 * `/webhooks/meta`: everything that WhatsApp tells by Meta itself. GET asks whether the address is ours; POST brings messages,
 * receipts and news of accounts, of any clinics at once.
 */
export function metaRoute({
  verify,
  verifyToken,
  clock,
}: {
  verify: VerifySignature;
  verifyToken: string;
  clock: Clock;
}): WebhookRoute {
  return {
    path: metaPath,
    provider: 'meta',
    formats: [jsonBody],
    verify,
    bodyAtMostBytes,
    reads: () => true,
    read: ({ query, verifiedAt = clock(), ...request }) =>
      splitMetaBody(storableBody(request).body).flatMap((part) => {
        const payload = storedPayload(JSON.stringify(part), part);
        return readMetaEvents(part).map((event) =>
          webhookOf(ofCarrier(event, query), { provider: 'meta', payload, verifiedAt }),
        );
      }),
    answer: tellOutcome,
    confirm: (query) => answerMetaChallenge(Object.fromEntries(query), verifyToken),
  };
}
