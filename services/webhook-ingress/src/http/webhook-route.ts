import type { SignatureVerdict, WebhookHeaders } from '@frontdesk/providers/telnyx-webhooks';
import type { Outcome, Webhook } from '../acceptance/webhook.ts';
import type { Answer } from './answer.ts';
import type { BodyFormat, ParsedBody } from './body-format.ts';

/** One address that a provider posts to. */
export type WebhookRoute = {
  path: string;
  provider: Webhook['provider'];
  format: BodyFormat;
  /** `target`: path and query as they arrived, for a provider that signs the address too. */
  verify: (raw: Buffer, headers: WebhookHeaders, target: string) => Promise<SignatureVerdict>;
  /** Whether a stored webhook of the provider, of this kind, is read here when it is taken in again. */
  reads: (kind: string) => boolean;
  /** @throws InvalidMessage when the body is not what the provider sends */
  read: (request: VerifiedRequest) => Webhook;
  /** What the provider hears once its webhook, of this kind, is stored. */
  answer: (outcome: Outcome, kind: string) => Answer;
};

/** A request whose signature is right. */
type VerifiedRequest = ParsedBody & { query: URLSearchParams };
