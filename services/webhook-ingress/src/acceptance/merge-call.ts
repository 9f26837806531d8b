import type { PhoneNumber } from '@frontdesk/kernel';
import type { CallStep } from '@frontdesk/providers/telnyx-webhooks';

/** How long after the hang-up a call may be judged: its events come out of order. */
const decideAfter = Temporal.Duration.from({ seconds: 2 });

/** What is known of a call so far. Null: not told yet. */
export type CallState = {
  fromNumber: PhoneNumber | null;
  startedAt: Temporal.Instant | null;
  answeredAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  hangupCause: string | null;
  decideAt: Temporal.Instant | null;
};

export const unknownCall: CallState = {
  fromNumber: null,
  startedAt: null,
  answeredAt: null,
  endedAt: null,
  hangupCause: null,
  decideAt: null,
};

/** Adds one step to a call. The first word on each thing stands, so the order of the steps changes nothing that counts. */
export function mergeCall(
  call: CallState,
  step: CallStep & { at: Temporal.Instant },
  now: Temporal.Instant,
): CallState {
  const merged = { ...call, fromNumber: call.fromNumber ?? step.from };
  switch (step.step) {
    case 'started':
      return { ...merged, startedAt: call.startedAt ?? step.at };
    case 'answered':
      return { ...merged, answeredAt: earlier(call.answeredAt, step.at) };
    case 'ended':
      if (call.endedAt !== null) return merged;
      return {
        ...merged,
        answeredAt: step.wasAnswered === true ? earlier(call.answeredAt, step.at) : call.answeredAt,
        endedAt: step.at,
        hangupCause: step.hangupCause,
        decideAt: now.add(decideAfter),
      };
    default:
      return step.step satisfies never;
  }
}

function earlier(known: Temporal.Instant | null, told: Temporal.Instant): Temporal.Instant {
  return known !== null && Temporal.Instant.compare(known, told) <= 0 ? known : told;
}
