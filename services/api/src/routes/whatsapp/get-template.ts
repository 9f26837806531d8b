import { z } from 'zod';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { templateWith } from '../../whatsapp/show-template.ts';
import { presentTemplate, templateSchema } from '../../whatsapp/template-schemas.ts';

/** One template of the clinic. */
export function getTemplate() {
  return readRoute({
    operationId: 'getWhatsAppTemplate',
    method: 'get',
    path: '/admin/whatsapp/templates/{id}',
    tag: 'WhatsApp',
    summary: 'How a template is doing',
    description: 'Its words, its state, and why it was rejected with what to do.',
    role: 'viewer',
    clinicIn: 'query',
    params: z.strictObject({ id: idSchema }),
    query: z.strictObject({ orgId: clinicIdSchema }),
    answers: { 200: { description: 'The template', schema: templateSchema } },
    problems: ['not-found'],
    async handle({ inTenant, orgId, params: { id } }) {
      const template = await inTenant((tx) => templateWith(tx, { orgId, id }));
      return { status: 200 as const, body: presentTemplate(template) };
    },
  });
}
