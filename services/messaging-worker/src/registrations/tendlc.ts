import {
  makeAdvanceBrand,
  makeAdvanceCampaign,
  makeAdvanceCampaignNumber,
  type CloseTasks,
  type InTenant,
  type LookAfterPorts,
  type OpenTask,
} from '@frontdesk/numbers';
import { telnyxTenDlc, type TelnyxTenDlcSettings } from '@frontdesk/providers/telnyx';
import type { Clock } from '@frontdesk/kernel';

/** Brings brands, campaigns and their numbers forward at the registry of ten-digit senders. */
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
  return {
    'tendlc-brand': makeAdvanceBrand(shared),
    'tendlc-campaign': makeAdvanceCampaign(shared),
    'tendlc-number': makeAdvanceCampaignNumber(shared),
  };
}
