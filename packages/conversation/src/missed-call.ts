/** What is known of an ended call when it is judged, after its events had time to arrive. */
export type EndedCall = {
  answeredAt: Temporal.Instant | null;
  hangupCause: string | null;
  /** False for anonymous callers and whoever else cannot be texted. */
  callerCanBeTexted: boolean;
  fromStaff: boolean;
  fromClinic: boolean;
  optedOut: boolean;
  missedCallText: boolean;
  /** The caller was texted for another call within the window. */
  textedForACallLately: boolean;
  /** The caller wrote to the desk moments ago and is being answered there. */
  textingNow: boolean;
};

export type CallOutcome = 'answered' | 'missed' | 'ignored';

/** Nobody spoke: the caller gave up, or nobody took it, as Telnyx and as Twilio say it. `time_limit` ends a call that was taken. */
const missedCauses = new Set([
  'originator_cancel',
  'timeout',
  'no_answer',
  'user_busy',
  'call_rejected',
  'normal_clearing',
  'unspecified',
  'busy',
  'no-answer',
  'canceled',
  'failed',
  'completed',
]);

/** An answered call is never texted back, whatever ended it. */
export function judgeCall(call: EndedCall): CallOutcome {
  if (call.answeredAt !== null || call.hangupCause === 'time_limit') return 'answered';
  if (call.hangupCause !== null && !missedCauses.has(call.hangupCause)) return 'ignored';
  const reachable = call.callerCanBeTexted && !call.optedOut && !call.fromStaff && !call.fromClinic;
  const wanted = call.missedCallText && !call.textedForACallLately && !call.textingNow;
  return reachable && wanted ? 'missed' : 'ignored';
}
