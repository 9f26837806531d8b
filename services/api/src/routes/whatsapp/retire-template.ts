import { retired } from '@frontdesk/messaging';
import { moveTemplateOn } from '@frontdesk/messaging/postgres';
import { ringRegistration } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { audit } from '../../audit.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema } from '../../contract/schemas.ts';
import { templateWith } from '../../whatsapp/show-template.ts';
import { presentTemplate, templateSchema } from '../../whatsapp/template-schemas.ts';

const bodySchema = z
  .strictObject({ orgId: clinicIdSchema })
  .meta({ id: 'RetireWhatsAppTemplate', description: 'Whose template it is' });

/** Takes a template out of use for good. */
export function retireTemplate() {
  return changeRoute({
    operationId: 'retireWhatsAppTemplate',
    path: '/admin/whatsapp/templates/{id}:retire',
    tag: 'WhatsApp',
    summary: 'Take a template out of use',
    description:
      'The desk never uses it again, and deletes it at the provider within moments, once no text that chose it is on its way. Its name stays taken.',
    role: 'owner',
    body: bodySchema,
    answer: { description: 'It is out of use', schema: templateSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, id, asked, now }) {
      const template = await templateWith(tx, { orgId, id });
      if (await moveTemplateOn(tx, { ...template, orgId }, { event: 'retire', reason: retired, now })) {
        await ringRegistration(tx, { orgId, id, correlationId: id, now });
        await audit(tx, asked, { action: 'whatsapp template retired', subject: { type: 'whatsapp-template', id } });
      }
      return presentTemplate(await templateWith(tx, { orgId, id }));
    },
  });
}
