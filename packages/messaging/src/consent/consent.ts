import type { Id } from '@frontdesk/kernel';

export type ConsentKind = 'opt-out' | 'opt-in' | 'marketing-opt-in' | 'marketing-opt-out';

/**
 * How it came to be known.
 * - keyword, free-wording: the person wrote it and rules read it
 * - model: the person wrote it in a way that only the conversation's model understood; it may stop texts, never resume them
 * - carrier: the carrier knew it first
 * - staff, import: somebody of the clinic entered it, or it came with the clinic's earlier records
 */
export type ConsentSource = 'keyword' | 'free-wording' | 'model' | 'carrier' | 'staff' | 'import';

export type ConsentChannel = 'sms' | 'whatsapp' | 'voice' | 'web' | 'paper';

/** A change of consent with what proves it. It holds for the clinic and the person's number, on all channels and numbers. */
export type ConsentEvidence = {
  orgId: Id;
  phone: string;
  source: ConsentSource;
  /** What was written or signed, word for word; null when nobody has the words. */
  wording: string | null;
  channel: ConsentChannel;
  /** The number of the clinic that it was said to. */
  clinicNumber: string | null;
  inboundMessageId: Id | null;
  /** The service or the person that wrote it down. */
  recordedBy: string;
  at: Temporal.Instant;
};

/** What holds for a person now. */
export type Consent = {
  /** Since when no text may leave; null when texts may. */
  stoppedAt: Temporal.Instant | null;
  /** When the person last asked for no more texts, also while none left anyway; null when never. */
  lastStopAt: Temporal.Instant | null;
  /** Since when marketing texts are agreed to in writing; null when they are not. */
  marketingSince: Temporal.Instant | null;
  /** When the person last asked for texts again; null when never. */
  resumedAt: Temporal.Instant | null;
};

/** What a carrier's list says of a person. */
export type CarrierEntry = { kind: 'opt-out' | 'opt-in'; at: Temporal.Instant };

/**
 * Whether what a carrier's list says is news. A block from before the person asked for texts again is history, and an opt-in
 * counts only when it is later than the last opt-out, said once or again.
 */
export function isNews({ kind, at }: CarrierEntry, { stoppedAt, lastStopAt, resumedAt }: Consent): boolean {
  if (kind === 'opt-out') return stoppedAt === null && isAfter(at, resumedAt);
  return stoppedAt !== null && isAfter(at, lastStopAt);
}

function isAfter(at: Temporal.Instant, other: Temporal.Instant | null): boolean {
  return other === null || Temporal.Instant.compare(at, other) > 0;
}
