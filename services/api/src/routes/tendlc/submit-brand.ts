import { submitBrand as handIn } from '@frontdesk/numbers';
import { z } from 'zod';
import { changeRoute } from '../../contract/route.ts';
import { idSchema } from '../../contract/schemas.ts';
import { brandWithFindingsSchema, presentBrandWithFindings, submitBrandSchema } from '../../tendlc/brand-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Hands a brand in at the registry. */
export function submitBrand() {
  return changeRoute({
    operationId: 'submitBrand',
    method: 'post',
    path: '/admin/tendlc/brands/{id}:submit',
    tag: 'Registration (10DLC)',
    summary: 'Submit a brand, or what was changed of it',
    description:
      'The registry takes a fee for a new brand. What it would surely turn away is refused here, with each field, unless `insistBecause` says why it is right.',
    role: 'owner',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: submitBrandSchema,
    answers: { 202: { description: 'It is on its way', schema: brandWithFindingsSchema } },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, params, body, principal, role, requestId, now }) {
      const insisted = body.insistBecause ?? null;
      const actor = `api:${principal.subject}`;
      const submitted = await handIn(tx, { orgId, id: params.id, insisted, contentOf, actor, requestId, now });
      if (submitted.kind !== 'done') throw refuse(submitted, 'brand');
      return { status: 202 as const, body: presentBrandWithFindings(submitted, role, now) };
    },
  });
}
