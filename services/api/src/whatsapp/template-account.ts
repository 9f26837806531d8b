import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { accountAtTwilio, type Template } from '@frontdesk/messaging';
import { findSender } from '@frontdesk/numbers/postgres';
import { wrongField } from '../contract/problems.ts';

/** Whose list of templates a sender uses. @throws Problem when the clinic has no such sender, or not any more */
export async function accountOfSender(
  tx: TenantTransaction,
  { orgId, senderId }: { orgId: Id; senderId: Id },
): Promise<Pick<Template, 'provider' | 'account'>> {
  const sender = await findSender(tx, { orgId, id: senderId });
  if (sender === null || sender.state === 'disconnected') {
    throw wrongField('/senderId', 'the clinic has no such sender', 'give the id of one that is not disconnected');
  }
  return {
    provider: sender.provider,
    account: sender.provider === 'meta' && sender.wabaId !== null ? sender.wabaId : accountAtTwilio,
  };
}
