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
    method: 'post',
    path: '/admin/tendlc/campaigns',
    tag: 'Registration (10DLC)',
    summary: 'Say what the clinic texts, and how people agree to it',
    description:
      'Keeps a draft, and tells what registry and carriers would say to it. Nobody sees it before it is submitted.',
    role: 'manager',
    clinicIn: 'body',
    body: newCampaignSchema,
    answers: { 201: { description: 'The draft', schema: campaignWithFindingsSchema } },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, body: { brandId, details }, principal, requestId, now }) {
      const asked = { orgId, id: newId(), actor: `api:${principal.subject}`, requestId, now };
      const drafted = await draftCampaign(tx, { ...asked, brandId, details, contentOf });
      if (drafted.kind !== 'done') throw refuse(drafted, 'brand');
      return { status: 201 as const, body: presentCampaignWithFindings(drafted) };
    },
  });
}
