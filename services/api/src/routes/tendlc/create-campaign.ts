import { newId } from '@frontdesk/kernel';
import { draftCampaign } from '@frontdesk/numbers';
import { changeRoute } from '../../contract/route.ts';
import {
  campaignWithFindingsSchema,
  newCampaignSchema,
  presentCampaignWithFindings,
} from '../../tendlc/campaign-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Keeps a draft of a campaign. */
export function createCampaign() {
  return changeRoute({
    operationId: 'createCampaign',
    path: '/admin/tendlc/campaigns',
    tag: 'Registration (10DLC)',
    summary: 'Say what the clinic texts, and how people agree to it',
    description:
      'Keeps a draft, and tells what registry and carriers would say to it. Nobody sees it before it is submitted.',
    role: 'manager',
    body: newCampaignSchema,
    answer: { status: 201, description: 'The draft', schema: campaignWithFindingsSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, body: { brandId, details }, asked }) {
      const drafted = await draftCampaign(tx, { ...asked, id: newId(), brandId, details, contentOf });
      if (drafted.kind !== 'done') throw refuse(drafted, 'brand');
      return presentCampaignWithFindings(drafted);
    },
  });
}
