import { submitCampaign as handIn } from '@frontdesk/numbers';
import { z } from 'zod';
import { changeRoute } from '../../contract/route.ts';
import { idSchema } from '../../contract/schemas.ts';
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
    method: 'post',
    path: '/admin/tendlc/campaigns/{id}:submit',
    tag: 'Registration (10DLC)',
    summary: 'Submit a campaign, or what was changed of it',
    description:
      'It waits for its brand to be verified. A new campaign costs a fee, one that was turned away and mended no second one. What would surely be turned away is refused here, with each field, unless `insistBecause` says why it is right.',
    role: 'owner',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: submitCampaignSchema,
    answers: { 202: { description: 'It is on its way', schema: campaignWithFindingsSchema } },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, params, body, principal, requestId, now }) {
      const asked = { orgId, id: params.id, actor: `api:${principal.subject}`, requestId, now };
      const words = { insisted: body.insistBecause ?? null, appeal: body.appeal ?? null };
      const submitted = await handIn(tx, { ...asked, ...words, contentOf });
      if (submitted.kind !== 'done') throw refuse(submitted, 'campaign');
      return { status: 202 as const, body: presentCampaignWithFindings(submitted) };
    },
  });
}
