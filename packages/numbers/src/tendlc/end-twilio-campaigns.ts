import { PermanentFailure, type Clock } from '@frontdesk/kernel';
import type { InTenant } from '../number-ports.ts';
import { orRefusal } from '../or-refusal.ts';
import type { ServiceCampaigns } from '../ports.ts';
import { noteCampaignsStay, profileOfLeaver } from '../postgres/carrier-profiles.ts';
import type { Advance } from '../registration.ts';
import { standingLook } from './registry-hand.ts';

const carrier = 'twilio';

/**
 * Ends what campaigns the Messaging Service of a clinic that has left has at Twilio, which bills them each month. People register them in
 * its console, so the desk knows of none before it looks.
 */
export function makeEndTwilioCampaigns({
  inTenant,
  campaigns,
  clock,
}: {
  inTenant: InTenant;
  campaigns: ServiceCampaigns;
  clock: Clock;
}): Advance {
  return async ({ orgId }) => {
    const profileId = await inTenant(orgId, (tx) => profileOfLeaver(tx, { orgId, carrier }));
    if (profileId === null) return { at: null };
    const ended = await orRefusal(campaigns.endAll(profileId));
    const because = ended instanceof PermanentFailure ? ended.message : null;
    await inTenant(orgId, (tx) => noteCampaignsStay(tx, { orgId, carrier, because }));
    return { at: because === null ? null : clock().add(standingLook) };
  };
}
