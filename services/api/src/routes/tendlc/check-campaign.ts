import { findingsOfCampaign } from '@frontdesk/numbers';
import { findBrand } from '@frontdesk/numbers/postgres';
import { repeatableRoute } from '../../contract/route.ts';
import { newCampaignSchema } from '../../tendlc/campaign-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { checkedSchema, presentChecked, refuse } from '../../tendlc/finding-schemas.ts';

/** Says what registry and carriers would say to a campaign, and keeps nothing. */
export function checkCampaign() {
  return repeatableRoute({
    operationId: 'checkCampaign',
    path: '/admin/tendlc/campaigns:check',
    tag: 'Registration (10DLC)',
    summary: 'Check a campaign before it costs anything',
    description: 'Every known reason for a no, with its field and what to do. Nothing is kept.',
    role: 'manager',
    body: newCampaignSchema,
    answer: { description: 'What registry and carriers would say', schema: checkedSchema },
    problems: ['not-found'],
    async handle({ inTenant, orgId, body: { brandId, details }, now }) {
      const findings = await inTenant(async (tx) => {
        const brand = await findBrand(tx, { orgId, id: brandId });
        return brand && findingsOfCampaign(tx, { orgId, brand: brand.details, details, contentOf, now });
      });
      if (findings === null) throw refuse({ kind: 'not-found' }, 'brand');
      return presentChecked(findings);
    },
  });
}
