import type { PrismaTransaction } from '@frontdesk/db';
import type { Id, SealedToken } from '@frontdesk/kernel';

/** Where a location's deposits go. */
export type DepositAccount = { squareLocationId: string; token: SealedToken };

export async function depositAccountOf(
  tx: PrismaTransaction,
  orgId: Id,
  locationId: Id,
): Promise<DepositAccount | null> {
  const row = await tx.depositAccount.findUnique({ where: { orgId_locationId: { orgId, locationId } } });
  if (row === null) return null;
  return {
    squareLocationId: row.squareLocationId,
    token: { sealed: Buffer.from(row.accessToken), keyId: row.accessTokenKeyId },
  };
}
