/** For so long after a person wrote, WhatsApp takes whatever is said to them. */
const lasts = Temporal.Duration.from({ hours: 24 });
/** What is on its way when it closes is refused. */
const safety = Temporal.Duration.from({ minutes: 1 });

/** What is known of the window between a person and a sender. */
export type WindowFacts = {
  /** When the person's newest text to this sender came. Null: they never wrote to it. */
  wroteAt: Temporal.Instant | null;
  /** When the provider said, of this text, that the window is closed. */
  closedAt: Temporal.Instant | null;
};

/** Whether anything but an approved template may be said now. What the provider says counts until the person writes again. */
export function isWindowOpen({ wroteAt, closedAt }: WindowFacts, now: Temporal.Instant): boolean {
  if (wroteAt === null) return false;
  if (closedAt !== null && Temporal.Instant.compare(wroteAt, closedAt) <= 0) return false;
  return Temporal.Instant.compare(now, wroteAt.add(lasts).subtract(safety)) < 0;
}
