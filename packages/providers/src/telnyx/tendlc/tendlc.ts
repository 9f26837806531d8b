import type { TenDlcRegistry } from '@frontdesk/numbers/ports';
import { askTelnyx } from '../ask.ts';
import type { TelnyxSettings } from '../sms-gateway.ts';
import { brandsAt } from './brands.ts';
import { campaignNumbersAt } from './campaign-numbers.ts';
import { campaignsAt } from './campaigns.ts';
import { ownerCodesAt, type OwnerCodes } from './owner-codes.ts';

export type TelnyxTenDlcSettings = TelnyxSettings & {
  /** Where the events of brands and campaigns reach webhook ingress, without a trailing slash. */
  publicWebhookUrl: string;
};

/** The Campaign Registry, through Telnyx. */
export function telnyxTenDlc({ publicWebhookUrl, ...settings }: TelnyxTenDlcSettings): TenDlcRegistry {
  const ask = askTelnyx(settings);
  const webhookUrl = `${publicWebhookUrl}/webhooks/telnyx/messages`;
  return {
    ...brandsAt(ask, webhookUrl),
    ...ownerCodesAt(ask),
    ...campaignsAt(ask, webhookUrl),
    ...campaignNumbersAt(ask),
  };
}

/** The codes of sole proprietors alone, which people ask for and enter. */
export const telnyxOwnerCodes = (settings: TelnyxSettings): OwnerCodes => ownerCodesAt(askTelnyx(settings));
