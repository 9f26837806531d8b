import { templateStates } from '@frontdesk/messaging';
import { listTemplates as readTemplates } from '@frontdesk/messaging/postgres';
import { z } from 'zod';
import { listRoute } from '../../contract/list-route.ts';
import { presentTemplate, templateSchema } from '../../whatsapp/template-schemas.ts';

/** The clinic's templates. */
export const listTemplates = () =>
  listRoute({
    operationId: 'listWhatsAppTemplates',
    path: '/admin/whatsapp/templates',
    tag: 'WhatsApp',
    summary: 'The templates of a clinic, newest first',
    description: 'Of one state, or all. What was rejected says why, and what to do.',
    filter: {
      state: z.enum(templateStates).optional().meta({ description: 'a state of templates, to see those alone' }),
    },
    item: templateSchema,
    find: (tx, wanted, { state = null }) => readTemplates(tx, { ...wanted, state }),
    present: presentTemplate,
  });
