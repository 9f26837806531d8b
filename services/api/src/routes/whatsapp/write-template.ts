import { newId } from '@frontdesk/kernel';
import { templateFaults } from '@frontdesk/messaging';
import { clinicNameOf, writeDraft } from '@frontdesk/messaging/postgres';
import { z } from 'zod';
import { audit } from '../../audit.ts';
import { Problem, wrongField } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { templateWith } from '../../whatsapp/show-template.ts';
import { accountOfSender } from '../../whatsapp/template-account.ts';
import { checkedTemplateSchema, presentChecked, templateFields } from '../../whatsapp/template-schemas.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    senderId: idSchema.meta({ description: 'the sender in whose account it is to be' }),
    ...templateFields,
  })
  .meta({ id: 'WriteWhatsAppTemplate', description: 'A template to keep as a draft' });

/** Writes a draft of a template, or writes it anew. */
export function writeTemplate() {
  return changeRoute({
    operationId: 'writeWhatsAppTemplate',
    path: '/admin/whatsapp/templates',
    tag: 'WhatsApp',
    summary: 'Write a draft of a template',
    description:
      'A draft of the same name and language is written anew. `faults` says what the provider would reject, with its mend; without any it can be submitted.',
    role: 'manager',
    body: bodySchema,
    answer: { description: 'The draft, and what is to be mended', schema: checkedTemplateSchema },
    problems: ['conflict', 'not-found'],
    async handle({ tx, orgId, body, asked, now }) {
      const { orgId: _, senderId, choices = [], ...said } = body;
      if (said.examples.length !== said.valueNames.length) {
        throw wrongField('/examples', 'there is not one for each value', 'give as many examples as valueNames');
      }
      const account = await accountOfSender(tx, { orgId, senderId });
      const content = { ...said, choices };
      const id = await writeDraft(tx, { ...content, ...account, orgId, id: newId(), now });
      if (id === null) {
        throw new Problem(
          'conflict',
          'The account has a template of this name and language that is no draft. Choose another name.',
        );
      }
      await audit(tx, asked, { action: 'whatsapp template written', subject: { type: 'whatsapp-template', id } });
      const faults = templateFaults(content, { clinicName: await clinicNameOf(tx, orgId) });
      return presentChecked(await templateWith(tx, { orgId, id }), faults);
    },
  });
}
