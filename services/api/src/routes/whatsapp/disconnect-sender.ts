import { recordAudit } from '@frontdesk/db';
import { leaveSender } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { presentSender, senderSchema } from '../../whatsapp/sender-schemas.ts';
import { senderWith } from '../../whatsapp/show-sender.ts';

const bodySchema = z
  .strictObject({ orgId: clinicIdSchema })
  .meta({ id: 'DisconnectWhatsAppSender', description: 'Whose sender it is' });

/** Takes a number off WhatsApp. */
export function disconnectSender() {
  return changeRoute({
    operationId: 'disconnectWhatsAppSender',
    method: 'post',
    path: '/admin/whatsapp/senders/{id}:disconnect',
    tag: 'WhatsApp',
    summary: 'Disconnect a number from WhatsApp',
    description:
      'From now on nothing leaves from it on WhatsApp and nothing is answered there; the number is free for another sign-up. Our access at the provider ends within moments, and its token is deleted.',
    role: 'owner',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: bodySchema,
    answers: { 200: { description: 'It is disconnected', schema: senderSchema } },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, role, params: { id }, principal, requestId, now }) {
      await senderWith(tx, { orgId, id });
      if (await leaveSender(tx, { orgId, id, now })) {
        const subject = { type: 'whatsapp-sender', id };
        const actor = `api:${principal.subject}`;
        const details = { requestId };
        await recordAudit(tx, { orgId, actor, action: 'whatsapp sender disconnected', subject, at: now, details });
      }
      return { status: 200 as const, body: presentSender(await senderWith(tx, { orgId, id }), role) };
    },
  });
}
