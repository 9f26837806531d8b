import { findSender } from '@frontdesk/numbers/postgres';
import { showRoute } from '../../contract/show-route.ts';
import { presentSender, senderSchema } from '../../whatsapp/sender-schemas.ts';

/** One number of the clinic on WhatsApp. */
export const getSender = () =>
  showRoute({
    operationId: 'getWhatsAppSender',
    path: '/admin/whatsapp/senders/{id}',
    tag: 'WhatsApp',
    summary: 'How a number on WhatsApp is doing',
    description: 'Its state, the reason and what to do when it failed, its quality and its limits.',
    answer: { description: 'The sender', schema: senderSchema },
    what: 'WhatsApp sender',
    find: findSender,
    present: presentSender,
  });
