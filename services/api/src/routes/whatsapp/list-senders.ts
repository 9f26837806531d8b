import { listSenders as list } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { pageOfFound, pageOfRequest } from '../../contract/paging.ts';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, pageOf, pageQuery } from '../../contract/schemas.ts';
import { presentSender, senderSchema } from '../../whatsapp/sender-schemas.ts';

/** The clinic's numbers on WhatsApp. */
export function listSenders() {
  return readRoute({
    operationId: 'listWhatsAppSenders',
    method: 'get',
    path: '/admin/whatsapp/senders',
    tag: 'WhatsApp',
    summary: 'The numbers of a clinic on WhatsApp, newest first',
    description: 'Those that were disconnected stay in the list.',
    role: 'viewer',
    clinicIn: 'query',
    query: z.strictObject({ orgId: clinicIdSchema, ...pageQuery }),
    answers: { 200: { description: 'One page', schema: pageOf(senderSchema) } },
    problems: [],
    async handle({ inTenant, orgId, role, query }) {
      const page = pageOfRequest(query);
      const found = await inTenant((tx) => list(tx, { orgId, before: page.before, atMost: page.atMost + 1 }));
      const { items, nextCursor } = pageOfFound(found, page);
      return { status: 200 as const, body: { items: items.map((sender) => presentSender(sender, role)), nextCursor } };
    },
  });
}
