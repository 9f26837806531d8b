import type { CarrierName } from '@frontdesk/contracts';
import { toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import type { ReadReceipts } from '../ports.ts';

type TextToShow = Parameters<ReadReceipts['markRead']>[0];

/** Somebody who sees after so long that their text was read, and that somebody writes, is misled. */
const promptly = Temporal.Duration.from({ minutes: 5 });

/** A text on WhatsApp whose writer is to see that it was read. Null when it is not there, too old, or came to no sender of now. */
export async function findTextToShowAsRead(
  tx: TenantTransaction,
  { orgId, messageId, now }: { orgId: Id; messageId: Id; now: Temporal.Instant },
): Promise<TextToShow | null> {
  const [row] = await tx.$queryRaw<
    { provider: CarrierName; from: PhoneNumber; profile: string; id: string; received_at: Date }[]
  >`
    select m.provider, m.to_number as "from", m.provider_message_id as id, m.received_at,
      coalesce(s.phone_number_id, s.e164) as profile
    from inbound_messages m
    join whatsapp_senders s on s.org_id = m.org_id and s.e164 = m.to_number and s.provider = m.provider
      and s.state = 'online'
    where m.org_id = ${orgId}::uuid and m.id = ${messageId}::uuid and m.channel = 'whatsapp'`;
  if (row === undefined || Temporal.Instant.compare(toInstant(row.received_at).add(promptly), now) <= 0) return null;
  const { provider, from, profile: messagingProfileId, id: providerMessageId } = row;
  return { provider, from, messagingProfileId, providerMessageId };
}
