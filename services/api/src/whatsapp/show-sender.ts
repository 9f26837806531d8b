import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Sender } from '@frontdesk/numbers';
import { findSender } from '@frontdesk/numbers/postgres';
import { Problem } from '../contract/problems.ts';

/** @throws Problem when the clinic has no sender with this id */
export async function senderWith(tx: TenantTransaction, of: { orgId: Id; id: Id }): Promise<Sender> {
  const sender = await findSender(tx, of);
  if (sender === null) throw new Problem('not-found', 'The clinic has no WhatsApp sender with this id.');
  return sender;
}
