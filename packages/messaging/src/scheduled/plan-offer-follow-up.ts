import type { Id } from '@frontdesk/kernel';
import type { PlannedText } from './scheduled-text.ts';

/** An answer within an exchange is prompt for so long; later it would start one. */
const keepsFor = Temporal.Duration.from({ hours: 12 });

/** The one follow-up on times that were offered; null when the clinic wants none. */
export function planOfferFollowUp(
  { conversationId, offeredAt }: { conversationId: Id; offeredAt: Temporal.Instant },
  minutes: number | null,
): PlannedText | null {
  if (minutes === null) return null;
  const dueAt = offeredAt.add({ minutes });
  const causeKey = `after-offer:${conversationId}:${offeredAt.toString()}`;
  return { kind: 'offer-follow-up', dueAt, expiresAt: dueAt.add(keepsFor), causeKey };
}
