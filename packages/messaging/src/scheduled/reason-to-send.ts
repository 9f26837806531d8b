import type { ScheduledKind } from './scheduled-text.ts';

/** Why a scheduled text does not leave, with the words that people read. */
export const lostReasons = {
  'visit-changed': 'the visit was cancelled or moved',
  'no-longer-planned': 'the clinic’s settings or the visit no longer ask for it',
  'foreign-link': 'the clinic’s words hold a link that its texts may not carry',
  'newer-offer': 'newer times were offered',
  'too-late': 'it came up only when it made no sense any more',
  'opted-out': 'the person asked for no more texts',
  'person-wrote': 'the person wrote in the meantime',
  'has-visit': 'the person has a visit',
  'handed-over': 'a person of the team took the conversation over',
  'followed-up': 'the person did not answer the follow-up before',
} as const;
export type LostReason = keyof typeof lostReasons;

/** Everything that decides whether a scheduled text still has its reason, read when it is due. */
export type DueText = {
  kind: ScheduledKind;
  dueAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  optedOut: boolean;
  /** It is about a visit that is no longer confirmed, or not at that time. */
  visitChanged: boolean;
  /** The person wrote after the times were offered. */
  personWrote: boolean;
  /** The person has a visit ahead, or a time is held for them. */
  hasVisit: boolean;
  /** The person has not written since an earlier follow-up. */
  followedUp: boolean;
  handedOver: boolean;
};

export type Judgement =
  | { kind: 'ask' }
  | { kind: 'not-due' }
  /** It may come back: the visit may be moved to this time again. */
  | { kind: 'cancel'; reason: LostReason }
  | { kind: 'drop'; reason: LostReason };

/** Whether a scheduled text is to be asked for now. The last gate looks again when it leaves. */
export function judgeScheduledText(text: DueText, now: Temporal.Instant): Judgement {
  if (Temporal.Instant.compare(now, text.dueAt) < 0) return { kind: 'not-due' };
  if (text.visitChanged) return { kind: 'cancel', reason: 'visit-changed' };
  if (text.optedOut) return { kind: 'drop', reason: 'opted-out' };
  if (Temporal.Instant.compare(now, text.expiresAt) >= 0) return { kind: 'drop', reason: 'too-late' };
  const reason = text.kind === 'offer-follow-up' ? whyNoFollowUp(text) : null;
  return reason === null ? { kind: 'ask' } : { kind: 'drop', reason };
}

function whyNoFollowUp({ personWrote, hasVisit, handedOver, followedUp }: DueText): LostReason | null {
  if (personWrote) return 'person-wrote';
  if (hasVisit) return 'has-visit';
  if (handedOver) return 'handed-over';
  return followedUp ? 'followed-up' : null;
}
