import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { isRefusedForRegistration } from '../../tendlc/refused-for-registration.ts';
import { ringDoubtedCampaign } from './waiting.ts';

/**
 * The number of a text that a carrier refused because the number is not registered; a campaign that has it is looked at. Null: the text
 * failed for another reason, if at all.
 */
export async function hearOfRefusedNumber(
  tx: TenantTransaction,
  { orgId, messageId, now }: { orgId: Id; messageId: Id; now: Temporal.Instant },
): Promise<{ number: string; campaign: Id | null } | null> {
  const [last] = await tx.$queryRaw<{ provider: string; code: string | null; number: string; campaign: Id | null }[]>`
    select a.provider, a.error_code as code, coalesce(a.from_number, m.from_number) as number,
      (select n.campaign_id from tendlc_numbers n
        where n.org_id = a.org_id and n.e164 = coalesce(a.from_number, m.from_number) and n.state <> 'removed') as campaign
    from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
    where a.org_id = ${orgId}::uuid and a.message_id = ${messageId}::uuid
    order by a.number desc limit 1`;
  if (last === undefined || last.code === null || !isRefusedForRegistration(last.provider, last.code)) return null;
  if (last.campaign !== null) await ringDoubtedCampaign(tx, { orgId, campaignId: last.campaign, now });
  return { number: last.number, campaign: last.campaign };
}
