import { mendBrand } from '@frontdesk/numbers';
import { z } from 'zod';
import { changeRoute } from '../../contract/route.ts';
import { idSchema } from '../../contract/schemas.ts';
import {
  brandDetailsOf,
  brandWithFindingsSchema,
  newBrandSchema,
  presentBrandWithFindings,
} from '../../tendlc/brand-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Changes the details of a brand. */
export function updateBrand() {
  return changeRoute({
    operationId: 'updateBrand',
    method: 'post',
    path: '/admin/tendlc/brands/{id}:update',
    tag: 'Registration (10DLC)',
    summary: 'Change a brand',
    description:
      'All details are given anew; the EIN alone stays when it is left out, and null removes it. The registry has the older ones until the brand is submitted again.',
    role: 'manager',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: newBrandSchema,
    answers: { 200: { description: 'The brand as it is now', schema: brandWithFindingsSchema } },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, params, body, principal, role, requestId, now }) {
      const details = { ...brandDetailsOf(body.details), ein: body.details.ein };
      const actor = `api:${principal.subject}`;
      const mended = await mendBrand(tx, { orgId, id: params.id, details, contentOf, actor, requestId, now });
      if (mended.kind !== 'done') throw refuse(mended, 'brand');
      return { status: 200 as const, body: presentBrandWithFindings(mended, role, now) };
    },
  });
}
