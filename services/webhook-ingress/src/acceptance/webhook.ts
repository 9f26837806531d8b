import type { CarrierName } from '@frontdesk/contracts';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import type {
  AddressChange,
  CallStep,
  CarrierAddressee,
  DeliveryReport,
  ReceivedText,
  RegistrationReport,
} from '@frontdesk/providers/telnyx-webhooks';
import type { SquarePaymentReport } from '@frontdesk/providers/square-webhooks';
import { classifyKeyword } from '@frontdesk/messaging';
import type { Context } from '@opentelemetry/api';

/** As far as a carrier's clock may be away from ours, by the time that it signs. */
export const clockTolerance = Temporal.Duration.from({ minutes: 5 });

/** What a webhook tells the desk. A delivery report brings the attempt that its address named. */
export type Content =
  | ReceivedText
  | CallStep
  | (Omit<DeliveryReport, 'attemptId'> & { attemptId: Id | null })
  | SquarePaymentReport
  | AddressChange
  | RegistrationReport
  | { kind: 'ignored' };

/** Whom a webhook is for: as its carrier says it, or the clinic with this Square merchant and location. */
export type Addressee = CarrierAddressee | { by: 'square'; merchantId: string; locationId: string | null };

/** A verified webhook, read and without card numbers. Provider, kind and external id say whether it came before. */
export type Webhook<C extends Content = Content> = {
  id: Id;
  provider: CarrierName | 'square';
  kind: string;
  externalId: string;
  /** JSON, as it is stored. */
  payload: string;
  verifiedAt: Temporal.Instant;
  occurredAt: Temporal.Instant;
  addressee: Addressee;
  content: C;
  /** The trace that the request began. */
  trace: Context;
};

/** The clinic that a webhook is for. */
export type Clinic = {
  orgId: Id;
  /** The clinic's own, where the webhook came to one. */
  number: PhoneNumber | null;
  callHandling: string | null;
  /** Since when the number is the clinic's; null where the webhook came to none. */
  since: Temporal.Instant | null;
  /** What the clinic asked the provider for, where the webhook may be news of it. */
  registrationId: Id | null;
};

/** A webhook whose clinic is known. */
export type Addressed<C extends Content = Content> = Webhook<C> & { clinic: Clinic };

/** What became of a webhook: `parked` means that it is no clinic's. All three are answered 200. */
export type Outcome = 'accepted' | 'duplicate' | 'parked';

export function isAbout<K extends Content['kind']>(
  kind: K,
): (webhook: Addressed) => webhook is Addressed<Extract<Content, { kind: K }>> {
  return (webhook): webhook is Addressed<Extract<Content, { kind: K }>> => webhook.content.kind === kind;
}

/**
 * Texts that may be committed together though they are of one person: none of them changes what holds for the next, as a keyword does.
 * Null for everything else.
 */
export function groupOf({ content }: Webhook): string | null {
  if (content.kind !== 'text' || content.carrierKeyword !== null || classifyKeyword(content.body) !== null) return null;
  return `${content.from} ${content.whatsAppUserId ?? ''}`;
}

/**
 * Webhooks with a key in common are committed one after another, in the order in which they came: texts of one person,
 * steps of one call, repeats of one event.
 */
export function orderKeys({ content, kind, externalId }: Webhook): readonly string[] {
  if (content.kind === 'text') {
    return content.whatsAppUserId === null ? [content.from] : [content.from, content.whatsAppUserId];
  }
  // With the texts of both, so that a STOP by the old address is read.
  if (content.kind === 'address-change') return [...content.before, ...content.now];
  return [content.kind === 'call' ? content.sessionId : `${kind} ${externalId}`];
}
