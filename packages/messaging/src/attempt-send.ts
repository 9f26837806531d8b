import type { TenantTransaction } from '@frontdesk/db';
import { failpoint, present, type Id } from '@frontdesk/kernel';
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import type { SuppressionReason } from './clear-to-send.ts';
import { heldUp, judgeOutcome, type OutcomeRules, type Verdict } from './outcome.ts';
import type { SendOutcome, TemplateDoubts, TextTasks } from './ports.ts';
import { claimText } from './postgres/claim-text.ts';
import { recordOutcome } from './postgres/record-outcome.ts';
import type { ClaimedText } from './postgres/start-attempt.ts';
import { longestPauseMs, pauseKey, type Ways } from './ways.ts';

/** Runs work in one tenant transaction; null when the event behind it was handled before. */
export type InTransaction = <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T | null>;

export type QueuedText = { orgId: Id; messageId: Id };

export type AttemptSend = (text: QueuedText, claimIn?: InTransaction) => Promise<void>;

export type AttemptSendPorts = OutcomeRules & {
  inTenant: <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  ways: Ways;
  tasks: TextTasks;
  templates?: TemplateDoubts;
  /** Leaves no room under a limit for a while; see `pause_sends`. */
  pause: (key: string, ms: number) => Promise<void>;
  /** A process that was held up for longer between claim and call does not call: others may have settled the text meanwhile. */
  callWithinMs: number;
  /** Hears what the carrier made of each try. */
  onAnswer?: (text: ClaimedText, answer: SendOutcome) => void;
  /** Hears what became of a text by a try, once that is recorded. */
  onVerdict?: (text: ClaimedText, verdict: Verdict) => void;
  /** Hears of each text that the last gate stopped. */
  onSuppressed?: (reason: SuppressionReason) => void;
  /** Wakes this use case again when the text is due; the row's `next_attempt_at` is the truth. */
  arm: (text: QueuedText, dueAt: Temporal.Instant) => Promise<void>;
};

/** What became of the claim of a text whose turn had come. */
export type Begun = { kind: 'begun'; done: Promise<void> } | { kind: 'no-room' } | { kind: 'nothing' };

export type Sending = {
  /**
   * Sends a text if it is due and may leave: claim and commit, call the carrier once, record what it said. Queue and alarms come
   * here; the claim lets one of them through. A crash before the claim commits repeats, a crash after it never does.
   */
  attempt: AttemptSend;
  /** The same for a text whose turn has come. Resolves with the claim; the call goes on. */
  begin(text: QueuedText, claimIn?: InTransaction): Promise<Begun>;
};

/** An answer of the carrier is worth some patience: lost, it leaves a text whose fate only a receipt can tell. */
const whileDatabaseIsAway = retry(handleAll, { maxAttempts: 6, backoff: new ExponentialBackoff({ maxDelay: 2_000 }) });

export function makeSending(ports: AttemptSendPorts): Sending {
  const { inTenant, ways, tasks, templates, arm } = ports;
  const { clock, line } = ways;

  async function record(text: ClaimedText, answer: SendOutcome): Promise<Temporal.Instant | null> {
    const now = clock();
    const verdict = judgeOutcome(answer, { ...text, now }, ports);
    const recorded = await whileDatabaseIsAway.execute(() =>
      inTenant(text.orgId, (tx) => recordOutcome(tx, text, verdict, { now, tasks, templates })),
    );
    if (recorded !== null) ports.onVerdict?.(text, recorded);
    return recorded?.nextAttemptAt ?? null;
  }

  async function call(text: ClaimedText): Promise<SendOutcome> {
    const { gateway, circuit } = present(ways.carriers.get(text.carrier), 'the account at the carrier');
    const waitedMs = clock().epochMilliseconds - text.claimedAt.epochMilliseconds;
    if (waitedMs > ports.callWithinMs) return { kind: 'retryable', code: heldUp };
    const answer = await gateway.send(text);
    circuit.heard(answer, clock());
    return answer;
  }

  async function carry(text: ClaimedText): Promise<void> {
    failpoint('send.after-claim');
    const answer = await call(text);
    failpoint('send.after-carrier');
    ports.onAnswer?.(text, answer);
    const nextAttemptAt = await record(text, answer);
    failpoint('send.after-outcome');
    if (answer.kind === 'retryable' && answer.retryAfterMs !== undefined) {
      const key = pauseKey(text, answer.only);
      if (key !== null) await ports.pause(key, Math.min(answer.retryAfterMs, longestPauseMs(text.carrier)));
    }
    if (nextAttemptAt !== null) await arm(text, nextAttemptAt);
  }

  async function claim({ orgId, messageId }: QueuedText, itsTurn: boolean, claimIn: InTransaction) {
    const request = { orgId, messageId, now: clock(), itsTurn };
    const claimed = await claimIn((tx) => claimText(tx, request, { ways, tasks }));
    if (claimed?.kind === 'wait') await arm({ orgId, messageId }, claimed.until);
    if (claimed?.kind === 'no-room') line.turnedAway(claimed.noRoom);
    if (claimed?.kind === 'in-line') line.joined();
    if (claimed?.kind === 'suppressed') ports.onSuppressed?.(claimed.reason);
    return claimed;
  }

  const inOwnTransaction =
    ({ orgId }: QueuedText): InTransaction =>
    (work) =>
      inTenant(orgId, work);

  return {
    async attempt(text, claimIn = inOwnTransaction(text)) {
      const claimed = await claim(text, false, claimIn);
      if (claimed?.kind === 'claimed') await carry(claimed.text);
    },
    async begin(text, claimIn = inOwnTransaction(text)) {
      const claimed = await claim(text, true, claimIn);
      if (claimed?.kind === 'claimed') return { kind: 'begun', done: carry(claimed.text) };
      return { kind: claimed?.kind === 'no-room' ? 'no-room' : 'nothing' };
    },
  };
}
