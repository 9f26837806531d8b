import { findingsOfBrand } from '@frontdesk/numbers';
import { findBrand } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { brandWithFindingsSchema, presentBrandWithFindings } from '../../tendlc/brand-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Where a brand is. */
export function getBrand() {
  return readRoute({
    operationId: 'getBrand',
    method: 'get',
    path: '/admin/tendlc/brands/{id}',
    tag: 'Registration (10DLC)',
    summary: 'Where a brand is, and what to do next',
    description: 'With the registry’s reasons, and what it would say to the details as they are now.',
    role: 'viewer',
    clinicIn: 'query',
    params: z.strictObject({ id: idSchema }),
    query: z.strictObject({ orgId: clinicIdSchema }),
    answers: { 200: { description: 'The brand', schema: brandWithFindingsSchema } },
    problems: ['not-found'],
    async handle({ inTenant, orgId, role, params, now }) {
      const found = await inTenant(async (tx) => {
        const brand = await findBrand(tx, { orgId, id: params.id });
        if (brand === null) return null;
        const { details } = brand;
        return { brand, findings: await findingsOfBrand(tx, { details, butBrand: brand.id, contentOf }) };
      });
      if (found === null) throw refuse({ kind: 'not-found' }, 'brand');
      return { status: 200 as const, body: presentBrandWithFindings(found, role, now) };
    },
  });
}
