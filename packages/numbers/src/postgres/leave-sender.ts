import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { ringRegistration } from './request-registration.ts';
import { disconnectSender } from './write-senders.ts';

/** Disconnects a sender at once, and asks the worker to take it away from the provider. False: it is disconnected already. */
export async function leaveSender(
  tx: TenantTransaction,
  { orgId, id, now }: { orgId: Id; id: Id; now: Temporal.Instant },
): Promise<boolean> {
  if (!(await disconnectSender(tx, { orgId, id, now }))) return false;
  await ringRegistration(tx, { orgId, id, correlationId: id, now });
  return true;
}
