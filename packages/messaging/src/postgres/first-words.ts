import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/**
 * The clinic's name when nothing was texted to this person yet, so that the text at hand introduces it; else null. Keyword
 * answers do not count, since they have their own wording, nor does what never arrived. Two first texts asked for at the same
 * time wait for each other: one introduces.
 */
export async function clinicToIntroduce(
  tx: TenantTransaction,
  { orgId, conversationId }: { orgId: Id; conversationId: Id },
): Promise<string | null> {
  const met = await isMet(tx, orgId, conversationId);
  if (met) return null;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('introduction ' || ${conversationId}::text, 0))`;
  if (await isMet(tx, orgId, conversationId)) return null;
  const [clinic] = await tx.$queryRaw<{ name: string }[]>`select name from organizations where id = ${orgId}::uuid`;
  return clinic?.name ?? null;
}

async function isMet(tx: TenantTransaction, orgId: Id, conversationId: Id): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ met: boolean }[]>`
    select exists (select from outbound_messages where org_id = ${orgId}::uuid and conversation_id = ${conversationId}::uuid
      and class <> 'keyword-answer' and state not in ('failed', 'suppressed', 'undelivered')) as met`;
  return found?.met === true;
}
