import { mendBrand } from '@frontdesk/numbers';
import { changeRoute } from '../../contract/route.ts';
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
    path: '/admin/tendlc/brands/{id}:update',
    tag: 'Registration (10DLC)',
    summary: 'Change a brand',
    description:
      'All details are given anew; the EIN alone stays when it is left out, and null removes it. The registry has the older ones until the brand is submitted again.',
    role: 'manager',
    body: newBrandSchema,
    answer: { description: 'The brand as it is now', schema: brandWithFindingsSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, id, body, role, asked, now }) {
      const details = { ...brandDetailsOf(body.details), ein: body.details.ein };
      const mended = await mendBrand(tx, { ...asked, id, details, contentOf });
      if (mended.kind !== 'done') throw refuse(mended, 'brand');
      return presentBrandWithFindings(mended, role, now);
    },
  });
}
