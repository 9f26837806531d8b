import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { registrationTask } from '@frontdesk/numbers';
import { hearOfRefusedNumber } from '@frontdesk/numbers/postgres';
import { openRegistrationTask } from './open-task.ts';

/** Tells staff once, when a text failed because its number is not registered with the carriers, what works meanwhile. */
export async function tellOfMissingRegistration(
  tx: TenantTransaction,
  { orgId, messageId, now }: { orgId: Id; messageId: Id; now: Temporal.Instant },
): Promise<void> {
  const refused = await hearOfRefusedNumber(tx, { orgId, messageId, now });
  if (refused !== null) await openRegistrationTask(tx, { ...registrationTask(refused), orgId, now });
}
