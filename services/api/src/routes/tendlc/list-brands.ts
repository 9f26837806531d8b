import { listBrands as readBrands } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { pageOfFound, pageOfRequest } from '../../contract/paging.ts';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, pageOf, pageQuery } from '../../contract/schemas.ts';
import { brandSchema, presentBrand } from '../../tendlc/brand-schemas.ts';

/** The clinic's brands, newest first. */
export function listBrands() {
  return readRoute({
    operationId: 'listBrands',
    method: 'get',
    path: '/admin/tendlc/brands',
    tag: 'Registration (10DLC)',
    summary: 'The brands of a clinic, newest first',
    description: 'Viewers do not see how to reach the owner. Nobody sees an EIN.',
    role: 'viewer',
    clinicIn: 'query',
    query: z.strictObject({ orgId: clinicIdSchema, ...pageQuery }),
    answers: { 200: { description: 'One page', schema: pageOf(brandSchema) } },
    problems: [],
    async handle({ inTenant, orgId, role, query, now }) {
      const page = pageOfRequest(query);
      const found = await inTenant((tx) => readBrands(tx, { orgId, before: page.before, atMost: page.atMost + 1 }));
      const { items, nextCursor } = pageOfFound(found, page);
      return {
        status: 200 as const,
        body: { items: items.map((brand) => presentBrand(brand, role, now)), nextCursor },
      };
    },
  });
}
