import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** What a text asked for now depends on. */
export type ConversationSoFar = {
  /** The channel that the person wrote on last, when they wrote to this number; else null. */
  writtenOn: Channel | null;
  /**
   * The clinic's name when the text will be the first to this person, as far as can be told; else null. Keyword answers do not
   * count, since they have their own wording, nor does what never arrived.
   */
  clinicToIntroduce: string | null;
};

export async function conversationSoFar(
  tx: TenantTransaction,
  { orgId, conversationId, number }: { orgId: Id; conversationId: Id; number: string },
): Promise<ConversationSoFar> {
  const [row] = await tx.$queryRaw<{ written_on: Channel | null; name: string | null }[]>`
    select (select channel from conversations
        where org_id = o.id and id = ${conversationId}::uuid and clinic_number = ${number}) as written_on,
      case when not exists (select from outbound_messages m
        where m.org_id = o.id and m.conversation_id = ${conversationId}::uuid and m.class <> 'keyword-answer'
          and m.state not in ('failed', 'suppressed', 'undelivered')) then name end as name
    from organizations o where o.id = ${orgId}::uuid`;
  return { writtenOn: row?.written_on ?? null, clinicToIntroduce: row?.name ?? null };
}
