import {
  makeAdvanceBrand,
  makeAdvanceCampaign,
  makeAdvanceCampaignNumber,
  type Advance,
  type CloseTasks,
  type InTenant,
  type LookAfterPorts,
  type OpenTask,
} from '@frontdesk/numbers';
import { campaignIsBack } from '@frontdesk/messaging/postgres';
import { telnyxTenDlc, type TelnyxTenDlcSettings } from '@frontdesk/providers/telnyx';
import type { Clock } from '@frontdesk/kernel';

/** Brings brands, campaigns and their numbers forward at the registry of ten-digit senders. What waited for a campaign leaves once it is live. */
export function tendlcAdvances({
  telnyx,
  ...ports
}: {
  telnyx: TelnyxTenDlcSettings;
  inTenant: InTenant;
  openTask: OpenTask;
  closeTasks: CloseTasks;
  clock: Clock;
}): LookAfterPorts['advances'] {
  const shared = { ...ports, registry: telnyxTenDlc(telnyx) };
  const thenTextsLeave =
    (advance: Advance): Advance =>
    async (looked) => {
      const next = await advance(looked);
      await ports.inTenant(looked.orgId, (tx) => campaignIsBack(tx, { orgId: looked.orgId, now: ports.clock() }));
      return next;
    };
  return {
    'tendlc-brand': makeAdvanceBrand(shared),
    'tendlc-campaign': thenTextsLeave(makeAdvanceCampaign(shared)),
    'tendlc-number': thenTextsLeave(makeAdvanceCampaignNumber(shared)),
  };
}
