/** How the desk times its work; milliseconds unless the name says otherwise. */
export type TurnSettings = {
  /** How long a person must have been quiet before they are answered; 0 answers at once. */
  burstQuietMs: number;
  /** The wall time of one turn, after which the fallback text leaves. */
  deadlineMs: number;
  /** How long a lease outlives its last renewal, which is how long a crash delays the next turn. */
  leaseMs: number;
  holdFor: Temporal.Duration;
  /** A conversation that was handed over returns to the desk with the first text after this time. */
  handOffFor: Temporal.Duration;
  /** Who gets more replies than this within an hour talks in circles, or is a machine: a person of the team takes over. */
  mostRepliesPerHour: number;
  /** `unchecked` is for the tests that show why the fence is needed. */
  fence?: 'checked' | 'unchecked';
};

export const mostRounds = 6;
/** How often texts that came meanwhile may make a turn start over. */
export const mostAttempts = 3;
export const mostTexts = 50;
export const historyLength = 20;
/** How far back replies are counted; more than any sensible limit of an hour. */
export const repliesCounted = 200;
/** Tool calls of one answer that are run; the rest are told to wait. */
export const mostCallsPerAnswer = 8;
export const timesOffered = 3;
