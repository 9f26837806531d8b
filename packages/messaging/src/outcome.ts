import type { TextState } from '@frontdesk/contracts';
import type { Random } from '@frontdesk/kernel';
import type { SendOutcome } from './ports.ts';
import { retryDelay, type RetryPolicy } from './retry-delay.ts';

/** The code of a try that was claimed and then called no carrier, since its process was held up; it uses up none of a text's tries. */
export const heldUp = 'held-up';

/** What becomes of a text after a try. */
export type Verdict = {
  state: Extract<TextState, 'sent' | 'queued' | 'failed' | 'suppressed' | 'unknown'>;
  outcome: SendOutcome['kind'];
  code: string | null;
  providerMessageId: string | null;
  /** In words for people; null while nothing is wrong. */
  reason: string | null;
  nextAttemptAt: Temporal.Instant | null;
  /** Nothing but a template may be said to the person now: it leaves once more, as one. */
  windowClosed?: true;
  templateAtFault?: true;
  /** The consent to marketing ends. */
  noMarketing?: true;
  /** By SMS it may reach them. */
  notOnWhatsApp?: true;
};

export type OutcomeRules = {
  retry: RetryPolicy;
  random: Random;
  /** `retryable` is for the tests that show why the unknown state is needed. */
  treatUnknownAs?: 'unknown' | 'retryable';
};

/** Decides what a carrier's answer to the try number `attempt` at a carrier means for the text; `otherWay` says that another carrier is left, `mayBeOutside` that it was not yet sent as what may leave outside the window. */
export function judgeOutcome(
  answer: SendOutcome,
  {
    attempt,
    otherWay = false,
    mayBeOutside = false,
    now,
  }: { attempt: number; otherWay?: boolean; mayBeOutside?: boolean; now: Temporal.Instant },
  { retry, random, treatUnknownAs = 'unknown' }: OutcomeRules,
): Verdict {
  const outcome = answer.kind === 'unknown' ? { ...answer, kind: treatUnknownAs } : answer;
  const none = { code: null, providerMessageId: null, reason: null, nextAttemptAt: null };
  switch (outcome.kind) {
    case 'accepted':
      return { ...none, state: 'sent', outcome: 'accepted', providerMessageId: outcome.providerMessageId };
    case 'refused': {
      const { code, reason, optedOut, elsewhere = false, windowClosed = false } = outcome;
      if (windowClosed && mayBeOutside) {
        return { ...none, state: 'queued', outcome: 'refused', code, reason, nextAttemptAt: now, windowClosed };
      }
      if (elsewhere && otherWay && !optedOut && attempt < retry.maxAttempts) {
        return { ...none, state: 'queued', outcome: 'refused', code, reason, nextAttemptAt: now };
      }
      return {
        ...none,
        state: optedOut ? 'suppressed' : 'failed',
        outcome: 'refused',
        code,
        reason,
        ...(outcome.templateAtFault === true && { templateAtFault: true }),
        ...(outcome.noMarketing === true && { noMarketing: true }),
        ...(outcome.notOnWhatsApp === true && { notOnWhatsApp: true }),
      };
    }
    case 'unknown': {
      const reason = 'the carrier did not answer; whether the text left is not known';
      return { ...none, state: 'unknown', outcome: 'unknown', code: outcome.code, reason };
    }
    case 'retryable': {
      const { code } = outcome;
      if (attempt >= retry.maxAttempts && code !== heldUp) {
        return {
          ...none,
          state: 'failed',
          outcome: 'retryable',
          code,
          reason: `the carrier took none of ${attempt} tries`,
        };
      }
      const nextAttemptAt = now.add(retryDelay({ ...outcome, attempt }, retry, random));
      return { ...none, state: 'queued', outcome: 'retryable', code, nextAttemptAt };
    }
  }
}
