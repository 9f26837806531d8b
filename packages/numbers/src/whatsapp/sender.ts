import type { Id, PhoneNumber } from '@frontdesk/kernel';

export const senderStates = ['connecting', 'online', 'failed', 'disconnected'] as const;
export type SenderState = (typeof senderStates)[number];

/**
 * How far it is with the provider.
 * - asked: nothing is done yet
 * - subscribed: our app hears of the account (Meta)
 * - registered: the number speaks through the Cloud API (Meta)
 * - created: the provider has it and makes up its mind (Twilio)
 * - left: it is gone from the provider, and its secrets from here
 */
export const senderSteps = ['asked', 'subscribed', 'registered', 'created', 'left'] as const;
export type SenderStep = (typeof senderSteps)[number];

/** Who runs it: Meta itself, with a token of the clinic's, or Twilio for us. */
export type SenderProvider = 'meta' | 'twilio';

/** A clinic's number on WhatsApp. */
export type Sender = {
  id: Id;
  locationId: Id;
  provider: SenderProvider;
  number: PhoneNumber;
  displayName: string | null;
  /** Meta's ids of the number and of its business account. */
  phoneNumberId: string | null;
  wabaId: string | null;
  state: SenderState;
  step: SenderStep;
  /** Why it failed and what to do, in words for people. */
  reason: string | null;
  /** Meta's word: GREEN, YELLOW, RED. */
  quality: string | null;
  textsPerSecond: number | null;
  /** To how many people a day it may write first. */
  peoplePerDay: number | null;
  tokenExpiresAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

/**
 * What happens to a sender.
 * - came-online: the provider lets it speak
 * - refused: the provider says no, or it stopped working
 * - asked-again: the owner signed up or registered once more
 * - disconnect: the owner wants it gone
 */
export type SenderEvent = 'came-online' | 'refused' | 'asked-again' | 'disconnect';

const moves: Readonly<Record<SenderState, Readonly<Partial<Record<SenderEvent, SenderState>>>>> = {
  connecting: {
    'came-online': 'online',
    refused: 'failed',
    'asked-again': 'connecting',
    disconnect: 'disconnected',
  },
  online: { 'came-online': 'online', refused: 'failed', 'asked-again': 'online', disconnect: 'disconnected' },
  failed: { 'asked-again': 'connecting', disconnect: 'disconnected' },
  disconnected: {},
};

/** The state after the event. Null: it cannot happen to a sender in this state. */
export function moveSender(state: SenderState, event: SenderEvent): SenderState | null {
  return moves[state][event] ?? null;
}

/** The states from which an event leads somewhere. */
export function statesBefore(event: SenderEvent): SenderState[] {
  return senderStates.filter((state) => moves[state][event] !== undefined);
}
