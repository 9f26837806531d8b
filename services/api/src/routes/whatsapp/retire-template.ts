import { recordAudit } from '@frontdesk/db';
import { retired } from '@frontdesk/messaging';
import { moveTemplateOn } from '@frontdesk/messaging/postgres';
import { ringRegistration } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { templateWith } from '../../whatsapp/show-template.ts';
import { presentTemplate, templateSchema } from '../../whatsapp/template-schemas.ts';

const bodySchema = z
  .strictObject({ orgId: clinicIdSchema })
  .meta({ id: 'RetireWhatsAppTemplate', description: 'Whose template it is' });

/** Takes a template out of use for good. */
export function retireTemplate() {
  return changeRoute({
    operationId: 'retireWhatsAppTemplate',
    method: 'post',
    path: '/admin/whatsapp/templates/{id}:retire',
    tag: 'WhatsApp',
    summary: 'Take a template out of use',
    description:
      'The desk never uses it again, and deletes it at the provider within moments, once no text that chose it is on its way. Its name stays taken.',
    role: 'owner',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: bodySchema,
    answers: { 200: { description: 'It is out of use', schema: templateSchema } },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, params: { id }, principal, requestId, now }) {
      const template = await templateWith(tx, { orgId, id });
      if (await moveTemplateOn(tx, { ...template, orgId }, { event: 'retire', reason: retired, now })) {
        const subject = { type: 'whatsapp-template', id };
        const actor = `api:${principal.subject}`;
        const details = { requestId };
        await ringRegistration(tx, { orgId, id, correlationId: id, now });
        await recordAudit(tx, { orgId, actor, action: 'whatsapp template retired', subject, at: now, details });
      }
      return { status: 200 as const, body: presentTemplate(await templateWith(tx, { orgId, id })) };
    },
  });
}
