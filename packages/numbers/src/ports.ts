import type { PhoneCarrier } from '@frontdesk/contracts';
import type { Id, PhoneNumber } from '@frontdesk/kernel';

export type { ProviderNews, RegistrationSubject } from './registration.ts';
export type {
  BrandDetails,
  BrandStanding,
  CampaignDetails,
  CampaignStanding,
  CampaignNumberStanding,
  TenDlcRegistry,
} from './tendlc/registry.ts';

/*
 * All of these, and the registry, throw TransientFailure when it is worth another try or nobody knows what came of it,
 * AccountFailure when the desk's account is not served, and PermanentFailure with words for people when the provider says no. What may have been done is looked up before it is done again.
 */

export type NumberWish = {
  areaCode?: string | undefined;
  /** Digits that it is to contain. */
  contains?: string | undefined;
  locality?: string | undefined;
  /** Two letters: `AZ`. */
  state?: string | undefined;
  tollFree?: boolean | undefined;
  /** From 1 to 50. */
  limit: number;
};

export type AvailableNumber = {
  number: PhoneNumber;
  locality: string | null;
  state: string | null;
  sms: boolean;
  mms: boolean;
  voice: boolean;
  /** What it costs in a month, in the smallest unit of the currency, where the carrier says so. */
  monthlyCents: number | null;
};

/** Where an order is at the carrier. `externalId` is the order's, `numberId` the number's own. */
export type OrderStanding =
  | { kind: 'pending'; externalId: string }
  | { kind: 'bought'; externalId: string; numberId: string }
  | { kind: 'failed'; externalId: string; reason: string };

/** A carrier that sells numbers. */
export type NumberCarrier = {
  readonly carrier: PhoneCarrier;
  search(wish: NumberWish): Promise<readonly AvailableNumber[]>;
  /** The order with this reference, or the number where the account already has it by this reference. Null: there is none. */
  findOrder(order: { number: PhoneNumber; reference: Id }): Promise<OrderStanding | null>;
  /** Buys the number. Our reference goes with it, so that `findOrder` finds it when the answer is lost. */
  order(order: { number: PhoneNumber; reference: Id; profileId: string }): Promise<OrderStanding>;
  /** The clinic's own messaging profile (Telnyx) or Messaging Service (Twilio), with our webhooks: found by its name, or made. */
  ensureProfile(profile: { orgId: Id; clinicName: string }): Promise<{ profileId: string }>;
  /** Puts the number on the profile, sends its calls and texts to us, and names it. Repeated, it changes nothing. */
  configure(number: { number: PhoneNumber; numberId: string; profileId: string; name: string }): Promise<void>;
  /** Gives the number back, taking it off its profile first where that is named. One that the account no longer has is no error. */
  release(number: { number: PhoneNumber; numberId: string | null; profileId?: string | null }): Promise<void>;
};

/** The campaigns that a clinic's Messaging Service has at Twilio. */
export type ServiceCampaigns = {
  /** Looks for them and ends each for good. None, or no service any more, is no error. */
  endAll(serviceSid: string): Promise<void>;
};

/** Whether a number's texts may be hosted while its calls stay where they are. `status` is the carrier's word, in upper case. */
export type HostedEligibility = { number: PhoneNumber; eligible: boolean; status: string; detail: string | null };

export type HostedStanding = {
  externalId: string;
  /** The carrier's word for the order. */
  status: string;
  numbers: readonly { number: PhoneNumber; status: string; numberId: string | null }[];
};

/** Text-enables a line that the clinic already has, at Telnyx. */
export type HostedNumbers = {
  checkEligibility(numbers: readonly PhoneNumber[]): Promise<readonly HostedEligibility[]>;
  /** All orders of this number on this profile, however they ended, the newest last. */
  findOrders(order: { number: PhoneNumber; profileId: string }): Promise<readonly HostedStanding[]>;
  order(order: { number: PhoneNumber; profileId: string }): Promise<HostedStanding>;
  read(externalId: string): Promise<HostedStanding | null>;
  sendCode(order: { externalId: string; number: PhoneNumber; method: 'sms' | 'call' }): Promise<void>;
  confirmCode(order: { externalId: string; number: PhoneNumber; code: string }): Promise<'verified' | 'rejected'>;
  uploadDocuments(order: { externalId: string; loa: Uint8Array; bill: Uint8Array }): Promise<HostedStanding>;
  cancel(externalId: string): Promise<void>;
};

/** What Meta says of a business token. */
export type BusinessToken = { token: string; expiresAt: Temporal.Instant | null };

/** A number as Meta describes it. What it does not say is null or left out. */
export type NumberAtMeta = {
  number: PhoneNumber;
  displayName: string | null;
  /** GREEN, YELLOW, RED. */
  quality: string | null;
  /** How many texts it takes in a second. */
  textsPerSecond?: number | null;
  /** To how many people a day it may write first. */
  peoplePerDay?: number | null;
};

/** The clinic's own account at WhatsApp. */
export type WhatsAppAccounts = {
  /** The code of embedded sign-up lives 30 seconds and works once. */
  exchangeCode(code: string): Promise<BusinessToken>;
  /** Whether the token still works and until when. Null: it does not. */
  inspectToken(token: string): Promise<{ expiresAt: Temporal.Instant | null } | null>;
  readNumber(of: { phoneNumberId: string; token: string }): Promise<NumberAtMeta>;
  /** Our app hears of the account's events from then on. Repeated, it changes nothing. */
  subscribe(of: { wabaId: string; token: string }): Promise<void>;
  register(of: { phoneNumberId: string; token: string; pin: string }): Promise<void>;
  unsubscribe(of: { wabaId: string; token: string }): Promise<void>;
};

/** `creating` becomes online or offline after hours; `reason` says why it is offline, in the provider's words. */
export type SenderStanding = { externalId: string; status: 'creating' | 'online' | 'offline'; reason: string | null };

/** WhatsApp senders that Twilio runs for us. */
export type TwilioSenders = {
  find(number: PhoneNumber): Promise<SenderStanding | null>;
  create(sender: { number: PhoneNumber; displayName: string }): Promise<SenderStanding>;
  /** One that is gone is no error. */
  remove(externalId: string): Promise<void>;
};

/**
 * Whether a phone may be sent another code, whichever clinics ask for codes to it; one that may is counted. It is asked while
 * a transaction is open, counts outside of it and holds whatever becomes of that.
 */
export type CountCode = (phone: string) => Promise<{ kind: 'yes' } | { kind: 'wait'; until: Temporal.Instant }>;
