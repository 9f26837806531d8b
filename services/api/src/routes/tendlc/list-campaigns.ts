import { listCampaigns as readCampaigns } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { pageOfFound, pageOfRequest } from '../../contract/paging.ts';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, pageOf, pageQuery } from '../../contract/schemas.ts';
import { campaignSchema, presentCampaign } from '../../tendlc/campaign-schemas.ts';

/** The clinic's campaigns, newest first. */
export function listCampaigns() {
  return readRoute({
    operationId: 'listCampaigns',
    method: 'get',
    path: '/admin/tendlc/campaigns',
    tag: 'Registration (10DLC)',
    summary: 'The campaigns of a clinic, newest first',
    description: 'With the registry’s word for each, and what to do next.',
    role: 'viewer',
    clinicIn: 'query',
    query: z.strictObject({ orgId: clinicIdSchema, ...pageQuery }),
    answers: { 200: { description: 'One page', schema: pageOf(campaignSchema) } },
    problems: [],
    async handle({ inTenant, orgId, query }) {
      const page = pageOfRequest(query);
      const found = await inTenant((tx) => readCampaigns(tx, { orgId, before: page.before, atMost: page.atMost + 1 }));
      const { items, nextCursor } = pageOfFound(found, page);
      return { status: 200 as const, body: { items: items.map(presentCampaign), nextCursor } };
    },
  });
}
