import { campaignNumbers, findCampaign } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { campaignWithNumbersSchema, presentCampaign, presentCampaignNumber } from '../../tendlc/campaign-schemas.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Where a campaign is. */
export function getCampaign() {
  return readRoute({
    operationId: 'getCampaign',
    method: 'get',
    path: '/admin/tendlc/campaigns/{id}',
    tag: 'Registration (10DLC)',
    summary: 'Where a campaign is, with its numbers',
    description: 'With the reasons of registry and carriers, what each is known as, and what to do next.',
    role: 'viewer',
    clinicIn: 'query',
    params: z.strictObject({ id: idSchema }),
    query: z.strictObject({ orgId: clinicIdSchema }),
    answers: { 200: { description: 'The campaign', schema: campaignWithNumbersSchema } },
    problems: ['not-found'],
    async handle({ inTenant, orgId, params: { id } }) {
      const found = await inTenant(async (tx) => {
        const campaign = await findCampaign(tx, { orgId, id });
        return campaign && { campaign, numbers: await campaignNumbers(tx, { orgId, campaignId: id }) };
      });
      if (found === null) throw refuse({ kind: 'not-found' }, 'campaign');
      const numbers = found.numbers.map(presentCampaignNumber);
      return { status: 200 as const, body: { ...presentCampaign(found.campaign), numbers } };
    },
  });
}
