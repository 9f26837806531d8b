import { PermanentFailure, type Clock } from '@frontdesk/kernel';
import type { InTenant } from '../number-ports.ts';
import { orRefusal } from '../or-refusal.ts';
import type { ServiceCampaigns } from '../ports.ts';
import { noteCampaignsStay, profileOfLeaver } from '../postgres/carrier-profiles.ts';
import type { Advance } from '../registration.ts';
import { noteMove, standingLook } from './registry-hand.ts';

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
  return async ({ orgId, id }) => {
    const profileId = await inTenant(orgId, (tx) => profileOfLeaver(tx, { orgId, carrier }));
    if (profileId === null) return { at: null };
    const ended = await orRefusal(campaigns.endAll(profileId));
    const because = ended instanceof PermanentFailure ? ended.message : null;
    const now = clock();
    await inTenant(orgId, async (tx) => {
      await noteCampaignsStay(tx, { orgId, carrier, because });
      if (because === null) await noteMove(tx, { orgId, id, subject: 'twilio_campaigns', state: 'expired', now });
    });
    return { at: because === null ? null : now.add(standingLook) };
  };
}
