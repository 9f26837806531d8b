import { submitBrand as handIn } from '@frontdesk/numbers';
import { changeRoute } from '../../contract/route.ts';
import { brandWithFindingsSchema, presentBrandWithFindings, submitBrandSchema } from '../../tendlc/brand-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Hands a brand in at the registry. */
export function submitBrand() {
  return changeRoute({
    operationId: 'submitBrand',
    path: '/admin/tendlc/brands/{id}:submit',
    tag: 'Registration (10DLC)',
    summary: 'Submit a brand, or what was changed of it',
    description:
      'The registry takes a fee for a new brand. What it would surely turn away is refused here, with each field, unless `insistBecause` says why it is right.',
    role: 'owner',
    body: submitBrandSchema,
    answer: { status: 202, description: 'It is on its way', schema: brandWithFindingsSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, id, body, role, asked, now }) {
      const insisted = body.insistBecause ?? null;
      const submitted = await handIn(tx, { ...asked, id, insisted, contentOf });
      if (submitted.kind !== 'done') throw refuse(submitted, 'brand');
      return presentBrandWithFindings(submitted, role, now);
    },
  });
}
