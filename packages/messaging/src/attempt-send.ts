import type { TenantTransaction } from '@frontdesk/db';
import { failpoint, type Clock, type Id } from '@frontdesk/kernel';
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { judgeOutcome, type OutcomeRules } from './outcome.ts';
import type { SendOutcome, SmsGateway, TextTasks } from './ports.ts';
import { claimText, type ClaimedText } from './postgres/claim-text.ts';
import { recordOutcome } from './postgres/record-outcome.ts';

/** Runs work in one tenant transaction; null when the event behind it was handled before. */
export type InTransaction = <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T | null>;

export type AttemptSend = (text: { orgId: Id; messageId: Id }, claimIn?: InTransaction) => Promise<void>;

export type AttemptSendPorts = OutcomeRules & {
  inTenant: <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  gateway: SmsGateway;
  tasks: TextTasks;
  clock: Clock;
  /** Hears what the carrier made of each try. */
  onAnswer?: (text: ClaimedText, answer: SendOutcome) => void;
  /** Wakes this use case again when the text is due; the row's `next_attempt_at` is the truth. */
  arm: (text: { orgId: Id; messageId: Id }, dueAt: Temporal.Instant) => Promise<void>;
};

/** An answer of the carrier is worth some patience: lost, it leaves a text whose fate only a receipt can tell. */
const whileDatabaseIsAway = retry(handleAll, { maxAttempts: 6, backoff: new ExponentialBackoff({ maxDelay: 2_000 }) });

/**
 * Sends a text if it is due and may leave: claim and commit, call the carrier once, record what it said. Queue, alarms and
 * sweeps all come here; the claim lets one of them through. A crash before the claim commits repeats, a crash after it
 * never does.
 */
export function makeAttemptSend(ports: AttemptSendPorts): AttemptSend {
  const { inTenant, gateway, tasks, clock, arm } = ports;

  async function record(text: ClaimedText, answer: SendOutcome): Promise<Temporal.Instant | null> {
    const now = clock();
    const verdict = judgeOutcome(answer, { attempt: text.attempt, now }, ports);
    const recorded = await whileDatabaseIsAway.execute(() =>
      inTenant(text.orgId, (tx) => recordOutcome(tx, text, verdict, { now, tasks })),
    );
    return recorded ? verdict.nextAttemptAt : null;
  }

  return async ({ orgId, messageId }, claimIn = (work) => inTenant(orgId, work)) => {
    const request = { orgId, messageId, provider: gateway.provider, now: clock() };
    const claim = await claimIn((tx) => claimText(tx, request, tasks));
    if (claim?.kind === 'wait') await arm({ orgId, messageId }, claim.until);
    if (claim?.kind !== 'claimed') return;
    failpoint('send.after-claim');
    const answer = await gateway.send(claim.text);
    failpoint('send.after-carrier');
    ports.onAnswer?.(claim.text, answer);
    const nextAttemptAt = await record(claim.text, answer);
    failpoint('send.after-outcome');
    if (nextAttemptAt !== null) await arm({ orgId, messageId }, nextAttemptAt);
  };
}
