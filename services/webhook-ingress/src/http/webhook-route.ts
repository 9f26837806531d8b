import type { SignatureVerdict, WebhookHeaders } from '@frontdesk/providers/telnyx-webhooks';
import type { Outcome, Webhook } from '../acceptance/webhook.ts';
import type { Answer } from './answer.ts';
import type { BodyFormat, ParsedBody } from './body-format.ts';

/** One address that a provider posts to. */
export type WebhookRoute = {
  path: string;
  provider: Webhook['provider'];
  /** The first is the usual one. */
  formats: readonly BodyFormat[];
  /** `target`: path and query as they arrived, for a provider that signs the address too. */
  verify: (raw: Buffer, headers: WebhookHeaders, target: string) => Promise<SignatureVerdict>;
  /** Whether a stored webhook of the provider, of this kind, is read here when it is taken in again. */
  reads: (kind: string) => boolean;
  /** The longest body that the provider sends. */
  bodyAtMostBytes: number;
  /**
   * What the request tells of. Several when the provider puts many into one: each is stored by itself, with its own part of the body.
   * @throws InvalidMessage when the body is not what the provider sends
   */
  read: (request: VerifiedRequest) => readonly Webhook[];
  /** What the provider hears once its webhooks, the first of which is of this kind, are stored. */
  answer: (outcome: Outcome, kind: string) => Answer;
  /** What a provider hears that asks by GET whether the address is ours; null when it does not know our token. */
  confirm?: (query: URLSearchParams) => string | null;
};

/** A request whose signature is right. */
type VerifiedRequest = ParsedBody & {
  query: URLSearchParams;
  /** When that was seen; now, unless it is taken in again. */
  verifiedAt?: Temporal.Instant;
};

/** Enough for every provider that does not put many webhooks into one request. */
export const usualBodyAtMostBytes = 256 * 1024;
