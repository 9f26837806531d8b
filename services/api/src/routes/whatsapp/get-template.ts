import { findTemplate } from '@frontdesk/messaging/postgres';
import { showRoute } from '../../contract/show-route.ts';
import { presentTemplate, templateSchema } from '../../whatsapp/template-schemas.ts';

/** One template of the clinic. */
export const getTemplate = () =>
  showRoute({
    operationId: 'getWhatsAppTemplate',
    path: '/admin/whatsapp/templates/{id}',
    tag: 'WhatsApp',
    summary: 'How a template is doing',
    description: 'Its words, its state, and why it was rejected with what to do.',
    answer: { description: 'The template', schema: templateSchema },
    what: 'template',
    find: findTemplate,
    present: presentTemplate,
  });
