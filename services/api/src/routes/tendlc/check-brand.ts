import { findingsOfBrand } from '@frontdesk/numbers';
import { repeatableRoute } from '../../contract/route.ts';
import { brandDetailsOf, newBrandSchema } from '../../tendlc/brand-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { checkedSchema, presentChecked } from '../../tendlc/finding-schemas.ts';

/** Says what the registry would say to a brand, and keeps nothing. */
export function checkBrand() {
  return repeatableRoute({
    operationId: 'checkBrand',
    path: '/admin/tendlc/brands:check',
    tag: 'Registration (10DLC)',
    summary: 'Check a brand before it costs anything',
    description: 'Every known reason for a no, with its field and what to do. Nothing is kept.',
    role: 'manager',
    body: newBrandSchema,
    answer: { description: 'What the registry would say', schema: checkedSchema },
    async handle({ inTenant, body }) {
      const details = brandDetailsOf(body.details);
      const findings = await inTenant((tx) => findingsOfBrand(tx, { details, butBrand: null, contentOf }));
      return presentChecked(findings);
    },
  });
}
