import { templateFaults } from '@frontdesk/messaging';
import { clinicNameOf } from '@frontdesk/messaging/postgres';
import { z } from 'zod';
import { Problem, wrongFields } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema } from '../../contract/schemas.ts';
import { templateWith } from '../../whatsapp/show-template.ts';
import { submitDraft } from '../../whatsapp/submit-template.ts';
import { presentTemplate, templateSchema } from '../../whatsapp/template-schemas.ts';

const bodySchema = z
  .strictObject({ orgId: clinicIdSchema })
  .meta({ id: 'SubmitWhatsAppTemplate', description: 'Whose template it is' });

/** Submits a draft to the provider's reviewers. */
export function submitTemplate() {
  return changeRoute({
    operationId: 'submitWhatsAppTemplate',
    path: '/admin/whatsapp/templates/{id}:submit',
    tag: 'WhatsApp',
    summary: 'Submit a draft for approval',
    description:
      'What is known to be rejected is refused here, with a pointer into the template and the mend. The review takes minutes to a day; its outcome stands in the state of the template.',
    role: 'owner',
    body: bodySchema,
    answer: { status: 202, description: 'It is being submitted', schema: templateSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, id, asked }) {
      const template = await templateWith(tx, { orgId, id });
      const faults = templateFaults(template, { clinicName: await clinicNameOf(tx, orgId) });
      if (template.state === 'draft' && faults.length > 0) {
        const errors = faults.map(({ field, detail, mend }) => ({ pointer: `#${field}`, detail, mend }));
        const detail = 'The template would be rejected. Mend in its draft what `errors` names, and submit it again.';
        throw wrongFields(errors, detail);
      }
      if (!(await submitDraft(tx, template, asked))) {
        throw new Problem('conflict', `The template is ${template.state}; only a draft can be submitted.`);
      }
      return presentTemplate(await templateWith(tx, { orgId, id }));
    },
  });
}
