import type { TenantTransaction } from '@frontdesk/db';
import type { Id, SealedToken } from '@frontdesk/kernel';

/** What opens a business account at Meta: the token of one of the clinic's senders in it. Null: it has none. */
export async function tokenOfAccount(
  tx: TenantTransaction,
  { orgId, wabaId }: { orgId: Id; wabaId: string },
): Promise<SealedToken | null> {
  const [row] = await tx.$queryRaw<SealedToken[]>`
    select token as sealed, token_key_id as "keyId" from whatsapp_senders
    where org_id = ${orgId}::uuid and waba_id = ${wabaId} and token is not null and state in ('connecting', 'online')
    order by state = 'online' desc, token_expires_at desc nulls first limit 1`;
  return row ?? null;
}
