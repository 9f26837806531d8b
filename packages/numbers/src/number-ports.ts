import type { PhoneCarrier } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Clock, Id, PhoneNumber } from '@frontdesk/kernel';
import type { NumberCarrier } from './ports.ts';

export type InTenant = <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;

/** Work for the clinic's staff that came of a number. The same cause opens one task. */
export type OpenTask = (
  tx: TenantTransaction,
  task: { orgId: Id; reason: string; causeKey: string; now: Temporal.Instant },
) => Promise<void>;

/** Closes the tasks whose cause begins like this: it is no more. One that still holds stays. */
export type CloseTasks = (
  tx: TenantTransaction,
  tasks: { orgId: Id; causes: string; but?: string; now: Temporal.Instant },
) => Promise<void>;

/** Texts that wait to leave from a number which is the clinic's no more. Returns how many never will. */
export type SuppressTextsFrom = (
  tx: TenantTransaction,
  from: { orgId: Id; number: PhoneNumber; now: Temporal.Instant },
) => Promise<number>;

export type NumberPorts = {
  inTenant: InTenant;
  /** Those that the desk is connected to. */
  carriers: ReadonlyMap<PhoneCarrier, NumberCarrier>;
  openTask: OpenTask;
  closeTasks: CloseTasks;
  suppressTextsFrom: SuppressTextsFrom;
  clock: Clock;
};

/** Who writes in the audit what providers brought about. */
export const worker = 'messaging-worker';
