import type { Channel, TextState } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** A try, and the text that it was of. */
export type TriedRow = {
  attempt_id: Id;
  outcome: string | null;
  known_provider_message_id: string | null;
  started_at: Date;
  message_id: Id;
  template_id: Id | null;
  /** What it was a try on. */
  channel: Channel;
  /** It did not leave as a template, and nobody has said yet that the window is closed. */
  may_be_outside: boolean;
  state: TextState; // a check constraint keeps it among the states
  contact_id: Id | null;
  conversation_id: Id | null;
};

/** Locks the text of a try and then the try: read without its lock, it would be as it was before somebody else changed both. */
export async function lockByAttempt(
  tx: TenantTransaction,
  { orgId, attemptId }: { orgId: Id; attemptId: Id },
): Promise<TriedRow | undefined> {
  const rows = await tx.$queryRaw<TriedRow[]>`
    select a.id as attempt_id, a.outcome, a.provider_message_id as known_provider_message_id, a.started_at,
      m.id as message_id, m.state, m.template_id, coalesce(a.channel, m.channel) as channel,
      m.channel = 'whatsapp' and m.template_id is null and m.window_closed_at is null as may_be_outside,
      m.contact_id, m.conversation_id
    from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
    where a.org_id = ${orgId}::uuid and a.id = ${attemptId}::uuid
    for update of m, a`;
  return rows[0];
}

/** The same, found by what the carrier calls it. */
export async function lockByProvider(
  tx: TenantTransaction,
  { orgId, provider, providerMessageId }: { orgId: Id; provider: string; providerMessageId: string },
): Promise<TriedRow | undefined> {
  const rows = await tx.$queryRaw<TriedRow[]>`
    select a.id as attempt_id, a.outcome, a.provider_message_id as known_provider_message_id, a.started_at,
      m.id as message_id, m.state, m.template_id, coalesce(a.channel, m.channel) as channel,
      m.channel = 'whatsapp' and m.template_id is null and m.window_closed_at is null as may_be_outside,
      m.contact_id, m.conversation_id
    from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
    where a.org_id = ${orgId}::uuid and a.provider = ${provider} and a.provider_message_id = ${providerMessageId}
    for update of m, a`;
  return rows[0];
}
