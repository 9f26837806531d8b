import { openToken, PermanentFailure, type Id } from '@frontdesk/kernel';
import type { MerchantAccount } from '@frontdesk/payments';
import { depositAccountOf } from '@frontdesk/payments/postgres';
import type { Desk } from './desk.ts';

/**
 * The location's account with its token opened: for the one call that follows, never to be kept.
 * @throws PermanentFailure when the location has no account any more
 */
export async function merchantAccount(
  { database, tokenKeys }: Pick<Desk, 'database' | 'tokenKeys'>,
  orgId: Id,
  locationId: Id,
): Promise<MerchantAccount> {
  const account = await database.inTenant(orgId, (tx) => depositAccountOf(tx, orgId, locationId));
  if (account === null) throw new PermanentFailure(`the location ${locationId} has no deposit account`);
  return { accessToken: openToken(account.token, orgId, tokenKeys), squareLocationId: account.squareLocationId };
}
