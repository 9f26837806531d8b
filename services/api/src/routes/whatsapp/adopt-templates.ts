import { newId } from '@frontdesk/kernel';
import { readyMadeTemplates } from '@frontdesk/messaging';
import { clinicNameOf, insertTemplate } from '@frontdesk/messaging/postgres';
import { z } from 'zod';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { submitDraft } from '../../whatsapp/submit-template.ts';
import { accountOfSender } from '../../whatsapp/template-account.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    senderId: idSchema.meta({ description: 'the sender in whose account they are to be' }),
  })
  .meta({ id: 'AdoptWhatsAppTemplates', description: 'Where the ready-made templates are wanted' });

const answerSchema = z
  .strictObject({
    submitted: z
      .array(
        z.strictObject({
          id: idSchema,
          name: z.string().meta({ description: 'as the provider knows it' }),
          language: z.string().meta({ description: 'as Meta writes it: en_US, es' }),
        }),
      )
      .meta({ description: 'those that were missing, and are submitted now' }),
    there: z.int().meta({ description: 'how many the clinic had already' }),
  })
  .meta({ id: 'AdoptedWhatsAppTemplates', description: 'Which of them the clinic lacked' });

/** Writes and submits the desk's ready-made templates that the clinic does not have yet. */
export function adoptTemplates() {
  return changeRoute({
    operationId: 'adoptWhatsAppTemplates',
    path: '/admin/whatsapp/templates:adopt',
    tag: 'WhatsApp',
    summary: 'Submit the ready-made templates of the desk',
    description:
      'One for each kind of text that the desk sends of its own accord, in English and Spanish. Those that the clinic has, in whatever state, stay as they are; done again, nothing more is submitted.',
    role: 'owner',
    body: bodySchema,
    answer: { status: 202, description: 'They are being submitted', schema: answerSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, body: { senderId }, asked, now }) {
      const account = await accountOfSender(tx, { orgId, senderId });
      const all = readyMadeTemplates({ orgId, clinicName: await clinicNameOf(tx, orgId) });
      const submitted: { id: string; name: string; language: string }[] = [];
      for (const content of all) {
        const { name, language } = content;
        const draft = { ...account, id: newId(), state: 'draft' } as const;
        if (!(await insertTemplate(tx, { ...content, ...draft, orgId, now }))) continue;
        await submitDraft(tx, draft, asked);
        submitted.push({ id: draft.id, name, language });
      }
      return { submitted, there: all.length - submitted.length };
    },
  });
}
