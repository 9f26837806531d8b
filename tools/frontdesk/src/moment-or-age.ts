import { duration } from './arguments.ts';
import { moment } from './moment.ts';

/** A moment as people give it: how long ago, or an instant. Which moment that is depends on when it is asked. */
export type MomentOrAge = (now: Temporal.Instant) => Temporal.Instant;

/** `2h` (ago), or `2026-11-20T10:00:00Z`. */
export function momentOrAge(text: string): MomentOrAge {
  if (/^\d+[smhd]$/.test(text)) {
    const ago = duration(text);
    return (now) => now.subtract(ago);
  }
  const instant = moment(text);
  return () => instant;
}
