import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { RegistrationSubject } from '../registration.ts';
import { assertWithDesk, requestRegistration, ringRegistration } from '../postgres/request-registration.ts';
import { wouldBeRejected, type Finding } from './lint/lint.ts';

/** Who asks for a change, and when. */
export type Asked = { orgId: Id; id: Id; actor: string; requestId: string; now: Temporal.Instant };

/**
 * Why something is not done.
 * - not-found: the clinic has none of this id. not-now: its state does not allow it; `words` say why and what to do.
 * - findings: it would be turned away, and nobody insists.
 */
export type NotDone =
  | { kind: 'not-found' }
  | { kind: 'not-now'; words: string }
  | { kind: 'findings'; findings: readonly Finding[] };

/** The findings that keep it from being handed in. An owner who insists needs a reason and takes the fee upon themselves. */
export const blocks = (findings: readonly Finding[], insisted: string | null): boolean =>
  insisted === null && wouldBeRejected(findings);

/** Asks the worker to bring it forward, the first time or again. @throws Conflict when the clinic has left */
export async function askWorker(
  tx: TenantTransaction,
  { orgId, id, now, subject }: Pick<Asked, 'orgId' | 'id' | 'now'> & { subject: RegistrationSubject },
): Promise<void> {
  await assertWithDesk(tx, orgId);
  const ring = { orgId, id, correlationId: id, now };
  if (!(await ringRegistration(tx, ring))) await requestRegistration(tx, { ...ring, subject, provider: 'telnyx' });
}

/** Codes alone: what a brand says of a company stays in its row. */
export async function audit(
  tx: TenantTransaction,
  { orgId, id, actor, requestId, now }: Asked,
  { subject, action, details = {} }: { subject: string; action: string; details?: Record<string, unknown> },
): Promise<void> {
  await recordAudit(tx, {
    orgId,
    actor,
    action: `${subject} ${action}`,
    subject: { type: subject, id },
    at: now,
    details: { ...details, requestId },
  });
}
