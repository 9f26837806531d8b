import type { Webhook } from '../acceptance/webhook.ts';
import type { SignatureVerdict, WebhookHeaders } from '@frontdesk/providers/telnyx-webhooks';

/** One address that a provider posts to. */
export type WebhookRoute = {
  path: string;
  provider: Webhook['provider'];
  verify: (raw: Buffer, headers: WebhookHeaders) => Promise<SignatureVerdict>;
  /** @throws InvalidMessage when the body is not what the provider sends */
  read: (request: VerifiedRequest) => Webhook;
};

/** A request whose signature is right. */
type VerifiedRequest = { raw: string; body: unknown; query: URLSearchParams };
