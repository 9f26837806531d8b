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
    method: 'post',
    path: '/admin/tendlc/brands',
    tag: 'Registration (10DLC)',
    summary: 'Say who the clinic is',
    description: 'Keeps a draft, and tells what the registry would say to it. Nobody sees it before it is submitted.',
    role: 'manager',
    clinicIn: 'body',
    body: newBrandSchema,
    answers: { 201: { description: 'The draft', schema: brandWithFindingsSchema } },
    problems: [],
    async handle({ tx, orgId, body, principal, role, requestId, now }) {
      const details = brandDetailsOf(body.details);
      const actor = `api:${principal.subject}`;
      const drafted = await draftBrand(tx, { orgId, id: newId(), details, contentOf, actor, requestId, now });
      return { status: 201 as const, body: presentBrandWithFindings(drafted, role, now) };
    },
  });
}
