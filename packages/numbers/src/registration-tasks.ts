import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** The work list of the clinic's staff, for what providers were asked to bring about; written in the transaction of the cause. */
export type RegistrationTasks = {
  /** `causeKey` names the cause: the same cause opens one task. */
  open(
    tx: TenantTransaction,
    task: { orgId: Id; causeKey: string; reason: string; now: Temporal.Instant },
  ): Promise<void>;
};
