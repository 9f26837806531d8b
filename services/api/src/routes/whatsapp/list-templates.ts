import { templateStates } from '@frontdesk/messaging';
import { listTemplates as list } from '@frontdesk/messaging/postgres';
import { z } from 'zod';
import { pageOfFound, pageOfRequest } from '../../contract/paging.ts';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, pageOf, pageQuery } from '../../contract/schemas.ts';
import { presentTemplate, templateSchema } from '../../whatsapp/template-schemas.ts';

/** The clinic's templates. */
export function listTemplates() {
  return readRoute({
    operationId: 'listWhatsAppTemplates',
    method: 'get',
    path: '/admin/whatsapp/templates',
    tag: 'WhatsApp',
    summary: 'The templates of a clinic, newest first',
    description: 'Of one state, or all. What was rejected says why, and what to do.',
    role: 'viewer',
    clinicIn: 'query',
    query: z.strictObject({
      orgId: clinicIdSchema,
      state: z.enum(templateStates).optional().meta({ description: 'a state of templates, to see those alone' }),
      ...pageQuery,
    }),
    answers: { 200: { description: 'One page', schema: pageOf(templateSchema) } },
    problems: [],
    async handle({ inTenant, orgId, query }) {
      const page = pageOfRequest(query);
      const { state = null } = query;
      const found = await inTenant((tx) => list(tx, { orgId, state, before: page.before, atMost: page.atMost + 1 }));
      const { items, nextCursor } = pageOfFound(found, page);
      return { status: 200 as const, body: { items: items.map(presentTemplate), nextCursor } };
    },
  });
}
