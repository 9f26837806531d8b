import type { TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import { worker } from '../number-ports.ts';
import { boughtInNoCampaign } from '../postgres/tendlc/campaign-numbers.ts';
import { listCampaigns } from '../postgres/tendlc/campaigns.ts';
import { addNumberToCampaign } from './number-acts.ts';

const atMost = 100;

/**
 * Wants a number that has just become the clinic's in its campaign, where exactly one is live: then there is nothing to
 * choose. A number that no campaign takes stays out.
 */
export async function joinOnlyCampaign(
  tx: TenantTransaction,
  { number, ...asked }: { orgId: Id; id: Id; number: PhoneNumber; now: Temporal.Instant },
): Promise<void> {
  await join(tx, asked, [number]);
}

/** The same for the numbers that the clinic bought before its campaign was live, except those that ever were in one. */
export async function joinWhatWasBought(
  tx: TenantTransaction,
  asked: { orgId: Id; id: Id; now: Temporal.Instant },
): Promise<void> {
  await join(tx, asked, await boughtInNoCampaign(tx, asked));
}

async function join(
  tx: TenantTransaction,
  { orgId, id, now }: { orgId: Id; id: Id; now: Temporal.Instant },
  numbers: readonly PhoneNumber[],
): Promise<void> {
  if (numbers.length === 0) return;
  const campaigns = await listCampaigns(tx, { orgId, before: null, atMost });
  const [only, ...others] = campaigns.filter(({ state }) => state === 'live');
  if (only === undefined || others.length > 0) return;
  for (const number of numbers) {
    await addNumberToCampaign(tx, { orgId, campaignId: only.id, number, actor: worker, requestId: id, now });
  }
}
