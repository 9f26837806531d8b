import type { TextClass } from '../text-class.ts';

/** How long a person counts as not on WhatsApp once it said so, unless they write there. */
export const absenceLasts = Temporal.Duration.from({ hours: 7 * 24 });

/** An answer that comes later helps nobody. */
const answerInTime = Temporal.Duration.from({ hours: 1 });

/** What of it may be said by SMS where the person is not on WhatsApp. Marketing was agreed to for where it was agreed to. */
const classes: readonly TextClass[] = ['reply', 'reminder'];

/** A text that WhatsApp surely does not bring to the person, since they are not there. */
export type TextToNobody = {
  class: TextClass;
  to: string;
  /** A number of the clinic that texts may leave from; null when it has none. */
  line: string | null;
  /** From then on it makes no sense to send it. */
  expiresAt: Temporal.Instant | null;
};

/** Whether it leaves by SMS instead. `triedAt`: when it left for WhatsApp; null when it did not. */
export function leavesBySms(
  { class: ofClass, to, line, expiresAt }: TextToNobody,
  { triedAt, now }: { triedAt: Temporal.Instant | null; now: Temporal.Instant },
): boolean {
  if (line === null || to.startsWith('wa:') || !classes.includes(ofClass)) return false;
  const until = expiresAt ?? (triedAt ?? now).add(answerInTime);
  return Temporal.Instant.compare(now, until) < 0;
}
