import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Sender } from '@frontdesk/numbers';
import { findSender } from '@frontdesk/numbers/postgres';
import { notFound } from '../contract/problems.ts';

/** @throws Problem when the clinic has no sender with this id */
export async function senderWith(tx: TenantTransaction, of: { orgId: Id; id: Id }): Promise<Sender> {
  const sender = await findSender(tx, of);
  if (sender === null) throw notFound('WhatsApp sender');
  return sender;
}
