import { submitCampaign as handIn } from '@frontdesk/numbers';
import { changeRoute } from '../../contract/route.ts';
import {
  campaignWithFindingsSchema,
  presentCampaignWithFindings,
  submitCampaignSchema,
} from '../../tendlc/campaign-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Hands a campaign in at the registry. */
export function submitCampaign() {
  return changeRoute({
    operationId: 'submitCampaign',
    path: '/admin/tendlc/campaigns/{id}:submit',
    tag: 'Registration (10DLC)',
    summary: 'Submit a campaign, or what was changed of it',
    description:
      'It waits for its brand to be verified. A new campaign costs a fee, one that was turned away and mended no second one. What would surely be turned away is refused here, with each field, unless `insistBecause` says why it is right.',
    role: 'owner',
    body: submitCampaignSchema,
    answer: { status: 202, description: 'It is on its way', schema: campaignWithFindingsSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, id, body, asked }) {
      const words = { insisted: body.insistBecause ?? null, appeal: body.appeal ?? null };
      const submitted = await handIn(tx, { ...asked, id, ...words, contentOf });
      if (submitted.kind !== 'done') throw refuse(submitted, 'campaign');
      return presentCampaignWithFindings(submitted);
    },
  });
}
