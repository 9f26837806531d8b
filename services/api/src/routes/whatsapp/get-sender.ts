import { z } from 'zod';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { presentSender, senderSchema } from '../../whatsapp/sender-schemas.ts';
import { senderWith } from '../../whatsapp/show-sender.ts';

/** One number of the clinic on WhatsApp. */
export function getSender() {
  return readRoute({
    operationId: 'getWhatsAppSender',
    method: 'get',
    path: '/admin/whatsapp/senders/{id}',
    tag: 'WhatsApp',
    summary: 'How a number on WhatsApp is doing',
    description: 'Its state, the reason and what to do when it failed, its quality and its limits.',
    role: 'viewer',
    clinicIn: 'query',
    params: z.strictObject({ id: idSchema }),
    query: z.strictObject({ orgId: clinicIdSchema }),
    answers: { 200: { description: 'The sender', schema: senderSchema } },
    problems: ['not-found'],
    async handle({ inTenant, orgId, role, params: { id } }) {
      const sender = await inTenant((tx) => senderWith(tx, { orgId, id }));
      return { status: 200 as const, body: presentSender(sender, role) };
    },
  });
}
