import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** A number of the clinic. `campaignClosed`: its campaign is suspended, turned away or over. */
export type SmsLine = { number: string; campaignClosed: boolean };

/**
 * The number of the clinic that best says by SMS what its sender on WhatsApp was to say: the same one, whatever became of its campaign,
 * since nothing goes around that; else one that carriers take texts from, of its location if there is one.
 */
export async function findSmsLine(
  tx: TenantTransaction,
  { orgId, sender }: { orgId: Id; sender: string },
): Promise<SmsLine | null> {
  const [line] = await tx.$queryRaw<SmsLine[]>`
    select p.e164 as number, p.campaign_closed as "campaignClosed" from phone_numbers p
    where p.org_id = ${orgId}::uuid and (p.e164 = ${sender} or not p.campaign_closed)
    order by p.e164 <> ${sender}, not exists (select from whatsapp_senders s
      where s.org_id = p.org_id and s.e164 = ${sender} and s.location_id = p.location_id), p.e164
    limit 1`;
  return line ?? null;
}
