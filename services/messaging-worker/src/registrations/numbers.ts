import type { PhoneCarrier } from '@frontdesk/contracts';
import type { Clock, Random } from '@frontdesk/kernel';
import { suppressTextsFrom } from '@frontdesk/messaging/postgres';
import {
  makeAdvanceHostedOrder,
  makeAdvanceNumberOrder,
  makeAdvanceNumberRelease,
  makeEndTwilioCampaigns,
  type CloseTasks,
  type InTenant,
  type LookAfterPorts,
  type OpenTask,
} from '@frontdesk/numbers';
import {
  telnyxHostedNumbers,
  telnyxNumbers,
  telnyxTenDlc,
  type TelnyxNumberSettings,
} from '@frontdesk/providers/telnyx';
import { twilioNumbers, twilioServiceCampaigns, type TwilioNumberSettings } from '@frontdesk/providers/twilio';

/** Buys numbers, gives them back and has lines hosted, at whichever carrier the desk is connected to. */
export function numberAdvances({
  telnyx,
  twilio,
  random,
  ...ports
}: {
  telnyx: TelnyxNumberSettings;
  /** Null without an account there. */
  twilio: TwilioNumberSettings | null;
  inTenant: InTenant;
  openTask: OpenTask;
  closeTasks: CloseTasks;
  clock: Clock;
  random: Random;
}): LookAfterPorts['advances'] {
  const hosted = telnyxHostedNumbers(telnyx);
  const campaigns = telnyxTenDlc(telnyx);
  const carriers = new Map([['telnyx' as PhoneCarrier, telnyxNumbers(telnyx)]]);
  if (twilio !== null) carriers.set('twilio', twilioNumbers(twilio));
  const shared = { ...ports, carriers, suppressTextsFrom };
  return {
    'number-order': makeAdvanceNumberOrder(shared),
    'number-release': makeAdvanceNumberRelease({
      ...shared,
      hosted,
      leaveCampaign: (number) => campaigns.removeNumber(number),
    }),
    'hosted-order': makeAdvanceHostedOrder({ ...shared, hosted, random }),
    ...(twilio !== null && {
      'twilio-campaign': makeEndTwilioCampaigns({ ...ports, campaigns: twilioServiceCampaigns(twilio) }),
    }),
  };
}
