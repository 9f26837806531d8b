import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

export type TextOfCause = { id: Id; to: string; body: string; class: string; state: string; reason: string | null };

/** The one text that was asked for because of this. */
export async function textOfCause(
  tx: TenantTransaction,
  { orgId, cause }: { orgId: Id; cause: string },
): Promise<TextOfCause | null> {
  const [row] = await tx.$queryRaw<TextOfCause[]>`
    select id, to_number as "to", body, class, state, reason from outbound_messages
    where org_id = ${orgId}::uuid and cause_key = ${cause}`;
  return row ?? null;
}
