import { recordAudit, type OwnerDatabase } from '@frontdesk/db';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

/**
 * The login that may read what people wrote. Operators may not, so theirs does not do: the ledger needs the owner's, and each look
 * into it is in the audit of the clinic.
 */
export async function openLedger(context: CommandContext, orgId: string, action: string): Promise<OwnerDatabase> {
  const { out, target, operator, clock } = context;
  if (target.databaseAdminUrl === null) {
    return out.fail(
      "The ledger holds what people wrote and their numbers, which operators may not read: set DATABASE_ADMIN_URL, the owner's login.",
      exitCodes.usedWrongly,
    );
  }
  const owner = context.ownerDatabase();
  const isKnown = await owner.inTenant(orgId, async (tx) => {
    const rows = await tx.$queryRaw<unknown[]>`select from organizations where id = ${orgId}::uuid`;
    if (rows.length === 0) return false;
    const subject = { type: 'organization', id: orgId };
    await recordAudit(tx, { orgId, actor: operator, action, subject, at: clock() });
    return true;
  });
  return isKnown ? owner : out.fail(`No clinic has the id ${orgId}.`, exitCodes.failed);
}
