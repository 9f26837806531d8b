import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { findBrand } from '../postgres/tendlc/brands.ts';
import { findCampaign } from '../postgres/tendlc/campaigns.ts';
import type { Campaign } from './campaign.ts';

/** The campaign as nobody else changes it before the transaction ends: its brand's row is the lock of all its campaigns. */
export async function lockCampaign(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
): Promise<Campaign | null> {
  const campaign = await findCampaign(tx, { orgId, id });
  if (campaign === null) return null;
  await findBrand(tx, { orgId, id: campaign.brandId, lock: true });
  return findCampaign(tx, { orgId, id });
}
