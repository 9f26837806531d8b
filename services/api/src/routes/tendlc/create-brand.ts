import { newId } from '@frontdesk/kernel';
import { draftBrand } from '@frontdesk/numbers';
import { changeRoute } from '../../contract/route.ts';
import {
  brandDetailsOf,
  brandWithFindingsSchema,
  newBrandSchema,
  presentBrandWithFindings,
} from '../../tendlc/brand-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';

/** Keeps a draft of a brand. */
export function createBrand() {
  return changeRoute({
    operationId: 'createBrand',
    path: '/admin/tendlc/brands',
    tag: 'Registration (10DLC)',
    summary: 'Say who the clinic is',
    description: 'Keeps a draft, and tells what the registry would say to it. Nobody sees it before it is submitted.',
    role: 'manager',
    body: newBrandSchema,
    answer: { status: 201, description: 'The draft', schema: brandWithFindingsSchema },
    async handle({ tx, body, role, asked, now }) {
      const details = brandDetailsOf(body.details);
      const drafted = await draftBrand(tx, { ...asked, id: newId(), details, contentOf });
      return presentBrandWithFindings(drafted, role, now);
    },
  });
}
