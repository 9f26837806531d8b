import { listCampaigns as find } from '@frontdesk/numbers/postgres';
import { listRoute } from '../../contract/list-route.ts';
import { campaignSchema, presentCampaign } from '../../tendlc/campaign-schemas.ts';

/** The clinic's campaigns, newest first. */
export const listCampaigns = () =>
  listRoute({
    operationId: 'listCampaigns',
    path: '/admin/tendlc/campaigns',
    tag: 'Registration (10DLC)',
    summary: 'The campaigns of a clinic, newest first',
    description: 'With the registry’s word for each, and what to do next.',
    item: campaignSchema,
    find,
    present: presentCampaign,
  });
