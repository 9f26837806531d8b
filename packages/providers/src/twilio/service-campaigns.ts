import type { ServiceCampaigns } from '@frontdesk/numbers/ports';
import { asking, isGone } from './asking.ts';
import { twilioClient, type TwilioSettings } from './client.ts';

/** The campaigns (US A2P 10DLC) of Messaging Services. A service has one as a rule. */
export function twilioServiceCampaigns(settings: TwilioSettings): ServiceCampaigns {
  const client = twilioClient(settings);
  return {
    endAll: (serviceSid) =>
      asking('end a campaign at Twilio', () =>
        unlessGone(async () => {
          const campaigns = client.messaging.v1.services(serviceSid).usAppToPerson;
          const { instances } = await campaigns.page({ pageSize: 50 });
          for (const { sid } of instances) await unlessGone(() => campaigns(sid).remove());
        }),
      ),
  };
}

async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
