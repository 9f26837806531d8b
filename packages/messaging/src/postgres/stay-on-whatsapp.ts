import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { smsPartsOf } from './leave-by-sms.ts';

/** What the rest of it says. */
const arrived = 'the person has it on WhatsApp';

/** A text that was to leave by SMS has arrived on WhatsApp after all: the person is there, and nothing of it leaves any more. */
export async function stayOnWhatsApp(
  tx: TenantTransaction,
  {
    orgId,
    message_id: messageId,
    attempt_id: attemptId,
    now,
  }: { orgId: Id; message_id: Id; attempt_id: Id; now: Temporal.Instant },
): Promise<void> {
  const [text] = await tx.$queryRaw<{ cause_key: string }[]>`
    update outbound_messages m
    set channel = 'whatsapp', from_number = coalesce(a.from_number, m.from_number), not_on_whatsapp_at = null, segments = null,
      encoding = null, content_warnings = '{}'
    from send_attempts a
    where m.org_id = ${orgId}::uuid and m.id = ${messageId}::uuid and m.channel = 'sms' and a.org_id = m.org_id and a.id = ${attemptId}::uuid
    returning m.cause_key`;
  if (text === undefined) return;
  // A part that it had on WhatsApp goes its own way.
  await tx.$executeRaw`
    update outbound_messages set state = 'suppressed', reason = ${arrived}, next_attempt_at = null, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and state = 'queued' and channel = 'sms' and starts_with(cause_key, ${smsPartsOf(text.cause_key)})`;
}
