import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { waitsForCampaign } from '../clear-to-send.ts';

/** A text waits for the campaign of its number. Staff have a task about the campaign, and none about each text. */
export async function awaitCampaign(
  tx: TenantTransaction,
  { orgId, messageId, until }: { orgId: Id; messageId: Id; until: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update outbound_messages set next_attempt_at = ${toDate(until)}, reason = ${waitsForCampaign}
    where org_id = ${orgId}::uuid and id = ${messageId}::uuid`;
}

/** What waited for its campaign is due wherever carriers take texts again. */
export async function campaignIsBack(
  tx: TenantTransaction,
  { orgId, now }: { orgId: Id; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update outbound_messages m set next_attempt_at = ${toDate(now)}
    from phone_numbers p
    where m.org_id = ${orgId}::uuid and m.channel = 'sms' and m.state = 'queued' and m.reason = ${waitsForCampaign}
      and m.next_attempt_at > ${toDate(now)} and p.org_id = m.org_id and p.e164 = m.from_number and not p.campaign_closed`;
}
