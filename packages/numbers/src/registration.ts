import type { CarrierName } from '@frontdesk/contracts';
import type { Id } from '@frontdesk/kernel';

/** What a provider has to bring about for a clinic. */
export type RegistrationSubject =
  | 'number-order'
  | 'number-release'
  | 'hosted-order'
  | 'tendlc-brand'
  | 'tendlc-campaign'
  | 'tendlc-number'
  | 'twilio-campaign'
  | 'whatsapp-sender'
  | 'whatsapp-template';

/** What the provider's event says that cannot be asked for later. */
export type ProviderNews = { status: string | null; reasons: readonly string[] };

export type Registration = {
  orgId: Id;
  id: Id;
  subject: RegistrationSubject;
  provider: CarrierName;
  externalId: string | null;
  /** Looks in vain since the last one that was not. */
  tries: number;
  /** Null when the provider has told nothing since the last look. */
  news: ProviderNews | null;
  /** The provider has not served our account for longer than anything waits for that. */
  isUnservedForLong?: boolean;
};

/** When a registration is looked at again. `externalId`: what the provider calls it, learnt just now. */
export type NextLook = {
  at: Temporal.Instant | null;
  externalId?: string;
  /** What the causes of tasks begin with that are no more: the engine closes them. */
  gone?: readonly string[];
};

/**
 * Brings a registration one step forward: reads its row, asks the provider, writes what came of it in transactions of its own.
 * One process at a time runs it for a registration, and it may be run again after a crash anywhere in it, so what may have been
 * done is looked up first. A failure that is thrown is tried again later; a final no is written into the row and not thrown.
 */
export type Advance = (registration: Registration) => Promise<NextLook>;
