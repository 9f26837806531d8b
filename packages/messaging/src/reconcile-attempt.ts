import type { CarrierName } from '@frontdesk/contracts';
import { failpoint, type Id } from '@frontdesk/kernel';
import type { AttemptSendPorts } from './attempt-send.ts';
import { judgeOutcome } from './outcome.ts';
import type { CodeMeaning, LookUpAnswer } from './ports.ts';
import { recordDeliveryReport, type TextMove } from './postgres/record-delivery-report.ts';
import { recordOutcome } from './postgres/record-outcome.ts';
import { isOtherText, takeLostAttempt, type LostAttempt } from './postgres/take-lost-attempt.ts';

export type ReconcilePorts = Pick<
  AttemptSendPorts,
  'inTenant' | 'ways' | 'tasks' | 'templates' | 'arm' | 'retry' | 'random'
> & {
  /** What a code of a carrier means for a text that it had. */
  readCode: (carrier: CarrierName, code: string) => CodeMeaning;
  /** How long after one question the carrier is asked again. */
  askEvery: Temporal.Duration;
  /** Hears what the carrier's answer made of a text. */
  onMove?: (move: TextMove) => void;
};

/** What the carrier said; `settled` when nobody had to ask any more. */
export type Reconciled = LookUpAnswer['kind'] | 'settled';

export type ReconcileAttempt = (attempt: { orgId: Id; attemptId: Id }) => Promise<Reconciled>;

const notTaken = { kind: 'retryable', code: 'not-taken' } as const;

/**
 * Asks the carrier what became of a try whose answer was lost. What it has counts as its receipt says; what it surely never
 * took waits in the queue again, as after any try in vain. While it cannot tell, the text stays where it is.
 */
export function makeReconcileAttempt(ports: ReconcilePorts): ReconcileAttempt {
  const { inTenant, ways, tasks, templates, arm, askEvery, readCode, onMove } = ports;
  const { carriers, clock } = ways;

  async function recordHasIt(tried: LostAttempt, answer: Extract<LookUpAnswer, { kind: 'has-it' }>): Promise<boolean> {
    const { orgId, attemptId, carrier: provider } = tried;
    const { providerMessageId, status, errorCode } = answer;
    const now = clock();
    const meaning = errorCode === null ? {} : readCode(provider, errorCode);
    const report = { orgId, provider, attemptId, providerMessageId, status, errorCode, ...meaning, now };
    const effect = await inTenant(orgId, async (tx) => {
      if (await isOtherText(tx, report)) return null;
      return recordDeliveryReport(tx, report, tasks, { templates, onMove });
    });
    if (effect === 'queued') await arm(tried, now);
    return effect !== null;
  }

  async function recordHasNot(tried: LostAttempt): Promise<void> {
    const now = clock();
    const verdict = judgeOutcome(notTaken, { ...tried, now }, ports);
    const recorded = await inTenant(tried.orgId, (tx) =>
      recordOutcome(tx, tried, verdict, { now, tasks, templates, lookedUp: true }),
    );
    if (recorded !== null && recorded.nextAttemptAt !== null) await arm(tried, recorded.nextAttemptAt);
  }

  return async ({ orgId, attemptId }) => {
    const now = clock();
    const request = { orgId, attemptId, now, askedBefore: now.subtract(askEvery) };
    const tried = await inTenant(orgId, (tx) => takeLostAttempt(tx, request));
    if (tried === null) return 'settled';
    failpoint('reconcile.before-asking');
    const answer = (await carriers.get(tried.carrier)?.gateway.lookUp(tried.lost)) ?? { kind: 'cannot-tell' };
    failpoint('reconcile.after-answer');
    // The same words to the same person: what the carrier found is another text, and of this one it knows nothing.
    if (answer.kind === 'has-it' && !(await recordHasIt(tried, answer))) return 'cannot-tell';
    if (answer.kind === 'has-not') await recordHasNot(tried);
    return answer.kind;
  };
}
