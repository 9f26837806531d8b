import { leaveSender } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { audit } from '../../audit.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema } from '../../contract/schemas.ts';
import { presentSender, senderSchema } from '../../whatsapp/sender-schemas.ts';
import { senderWith } from '../../whatsapp/show-sender.ts';

const bodySchema = z
  .strictObject({ orgId: clinicIdSchema })
  .meta({ id: 'DisconnectWhatsAppSender', description: 'Whose sender it is' });

/** Takes a number off WhatsApp. */
export function disconnectSender() {
  return changeRoute({
    operationId: 'disconnectWhatsAppSender',
    path: '/admin/whatsapp/senders/{id}:disconnect',
    tag: 'WhatsApp',
    summary: 'Disconnect a number from WhatsApp',
    description:
      'From now on nothing leaves from it on WhatsApp and nothing is answered there; the number is free for another sign-up. Our access at the provider ends within moments, and its token is deleted.',
    role: 'owner',
    body: bodySchema,
    answer: { description: 'It is disconnected', schema: senderSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, orgId, id, role, asked, now }) {
      await senderWith(tx, { orgId, id });
      if (await leaveSender(tx, { orgId, id, now })) {
        await audit(tx, asked, { action: 'whatsapp sender disconnected', subject: { type: 'whatsapp-sender', id } });
      }
      return presentSender(await senderWith(tx, { orgId, id }), role);
    },
  });
}
