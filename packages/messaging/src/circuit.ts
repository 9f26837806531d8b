import type { SendOutcome } from './ports.ts';

export type CircuitPolicy = {
  /** So many failures in a row open it. */
  failures: number;
  /** How long it stays open at first; twice as long after each probe that failed, up to the cap. */
  pauseMs: number;
  capMs: number;
};

/**
 * Keeps texts from a carrier account that does not work. Asked inside the claim of a text and told after the carrier's answer,
 * so that no try is counted while it is open. Each pause ends with one text as a probe.
 */
export type Circuit = {
  /** Null: a text may go. Otherwise none may before this moment. Letting a probe go begins the next pause. */
  enter(now: Temporal.Instant): Temporal.Instant | null;
  /** What the carrier made of a text. */
  heard(answer: SendOutcome, now: Temporal.Instant): void;
};

export type CircuitState = 'open' | 'closed';

export function createCircuit(
  { failures: mostFailures, pauseMs, capMs }: CircuitPolicy,
  onChange: (state: CircuitState) => void = () => {},
): Circuit {
  let failures = 0;
  let pauses = 0;
  let probing = false;
  let openUntil: Temporal.Instant | null = null;

  const pause = (now: Temporal.Instant) => now.add({ milliseconds: Math.min(capMs, pauseMs * 2 ** pauses) });

  function close(): void {
    const wasOpen = openUntil !== null;
    failures = 0;
    pauses = 0;
    probing = false;
    openUntil = null;
    if (wasOpen) onChange('closed');
  }

  function fail(now: Temporal.Instant): void {
    failures += 1;
    if (openUntil === null && failures >= mostFailures) {
      openUntil = pause(now);
      onChange('open');
    } else if (probing) {
      pauses += 1;
      probing = false;
      openUntil = pause(now);
    }
  }

  /** A sender's own trouble says nothing of the account: if its text was the probe, the next one is. */
  function passOn(now: Temporal.Instant): void {
    if (!probing) return;
    probing = false;
    openUntil = now;
  }

  return {
    enter(now) {
      if (openUntil === null) return null;
      if (Temporal.Instant.compare(now, openUntil) < 0) return openUntil;
      probing = true;
      openUntil = pause(now);
      return null;
    },
    heard(answer, now) {
      if (answer.kind === 'retryable' && answer.only !== undefined) passOn(now);
      else if (isFailure(answer)) fail(now);
      else close();
    },
  };
}

/** A carrier that refuses a text, or names the time when it has room again, works. */
function isFailure(answer: SendOutcome): boolean {
  return answer.kind === 'unknown' || (answer.kind === 'retryable' && answer.retryAfterMs === undefined);
}
