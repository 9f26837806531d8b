import { campaignNumbers, findCampaign } from '@frontdesk/numbers/postgres';
import { showRoute } from '../../contract/show-route.ts';
import { campaignWithNumbersSchema, presentCampaign, presentCampaignNumber } from '../../tendlc/campaign-schemas.ts';

/** Where a campaign is. */
export const getCampaign = () =>
  showRoute({
    operationId: 'getCampaign',
    path: '/admin/tendlc/campaigns/{id}',
    tag: 'Registration (10DLC)',
    summary: 'Where a campaign is, with its numbers',
    description: 'With the reasons of registry and carriers, what each is known as, and what to do next.',
    answer: { description: 'The campaign', schema: campaignWithNumbersSchema },
    what: 'campaign',
    async find(tx, { orgId, id }) {
      const campaign = await findCampaign(tx, { orgId, id });
      return campaign && { campaign, numbers: await campaignNumbers(tx, { orgId, campaignId: id }) };
    },
    present: ({ campaign, numbers }) => ({
      ...presentCampaign(campaign),
      numbers: numbers.map(presentCampaignNumber),
    }),
  });
