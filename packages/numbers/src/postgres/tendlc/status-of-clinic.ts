import type { PhoneCarrier } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import { openHostedStates } from '../../hosted/hosted-state.ts';
import type { Brand } from '../../tendlc/brand.ts';
import type { Campaign } from '../../tendlc/campaign.ts';
import { meanwhileOf } from '../../tendlc/meanwhile.ts';
import { statusOfNumber, type NumberFacts, type NumberStatus } from '../../tendlc/number-status.ts';
import { dayOfBrand, type DayOfBrand } from '../../tendlc/throughput.ts';
import type { NumberOrigin } from '../assign-number.ts';
import { listBrands } from './brands.ts';
import { campaignNumbers } from './campaign-numbers.ts';
import { listCampaigns } from './campaigns.ts';
import { partsOfBrandToday } from './facts-of-clinic.ts';

/** Where the clinic is on the way to texts that arrive. */
export type ClinicStatus = {
  numbers: readonly NumberStatus[];
  /** What leaves while carriers refuse texts of some number; null when they refuse none. */
  meanwhile: string | null;
  /** The one that counts: verified, or else the newest. */
  brand: Brand | null;
  day: DayOfBrand | null;
  /** Lines whose texts are on their way to the desk. */
  hostedLines: readonly { number: PhoneNumber; state: string }[];
};

const atMost = 100;

export async function statusOfClinic(
  tx: TenantTransaction,
  { orgId, now }: { orgId: Id; now: Temporal.Instant },
): Promise<ClinicStatus> {
  const brands = await listBrands(tx, { orgId, before: null, atMost });
  const campaigns = await listCampaigns(tx, { orgId, before: null, atMost });
  const links = await campaignNumbers(tx, { orgId });
  const brand = brands.find(({ state }) => state === 'verified') ?? brands[0] ?? null;
  const campaign = bestOf(campaigns);
  const rows = await tx.$queryRaw<
    { number: PhoneNumber; carrier: PhoneCarrier; origin: NumberOrigin; campaignClosed: boolean; onWhatsApp: boolean }[]
  >`
    select p.e164 as number, p.carrier, p.origin, p.campaign_closed as "campaignClosed", exists (select from whatsapp_senders s
      where s.org_id = p.org_id and s.e164 = p.e164 and s.state = 'online') as "onWhatsApp"
    from phone_numbers p where p.org_id = ${orgId}::uuid order by p.e164 limit 500`;
  const numbers = rows.map(({ number, carrier, origin, campaignClosed, onWhatsApp }) => {
    const link = links.find((each) => each.number === number) ?? null;
    const own = link === null ? campaign : (campaigns.find(({ id }) => id === link.campaignId) ?? null);
    const facts: NumberFacts = {
      number,
      carrier,
      origin,
      onWhatsApp,
      campaignClosed,
      link,
      campaign: own?.state ?? null,
      campaignStatus: own?.status ?? null,
      brand: brand?.state ?? null,
    };
    return statusOfNumber(facts);
  });
  const hostedLines = await tx.$queryRaw<{ number: PhoneNumber; state: string }[]>`
    select e164 as number, state from hosted_orders
    where org_id = ${orgId}::uuid and state = any(${openHostedStates}::text[])
    order by e164 limit 100`;
  return { numbers, meanwhile: meanwhileOf(numbers), brand, day: await dayOf(tx, { orgId, brand, now }), hostedLines };
}

/** The campaign that a number without one could join. */
function bestOf(campaigns: readonly Campaign[]): Campaign | null {
  const isOpen = ({ state }: Campaign) => state !== 'expired' && state !== 'draft';
  return campaigns.find(({ state }) => state === 'live') ?? campaigns.find(isOpen) ?? campaigns[0] ?? null;
}

async function dayOf(
  tx: TenantTransaction,
  { orgId, brand, now }: { orgId: Id; brand: Brand | null; now: Temporal.Instant },
): Promise<DayOfBrand | null> {
  if (brand === null || brand.textsPerDay === null) return null;
  return dayOfBrand(await partsOfBrandToday(tx, { orgId, brandId: brand.id, now }), brand.textsPerDay);
}
