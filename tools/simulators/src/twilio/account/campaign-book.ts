import { newSid } from '../sid.ts';

/** A campaign (US A2P 10DLC) of a Messaging Service, as somebody registered it in the console. */
export interface TwilioCampaign {
  sid: string;
  service: string;
}

export interface CampaignBook {
  list: () => readonly TwilioCampaign[];
  register: (service: string) => TwilioCampaign;
  /** False: there is none of this SID in the service. */
  remove: (campaign: TwilioCampaign) => boolean;
}

export function createCampaignBook(): CampaignBook {
  const campaigns: TwilioCampaign[] = [];
  return {
    list: () => [...campaigns],
    register(service) {
      const campaign = { sid: newSid('QE'), service };
      campaigns.push(campaign);
      return campaign;
    },
    remove({ sid, service }) {
      const at = campaigns.findIndex((each) => each.sid === sid && each.service === service);
      if (at !== -1) campaigns.splice(at, 1);
      return at !== -1;
    },
  };
}
