import { listSenders as find } from '@frontdesk/numbers/postgres';
import { listRoute } from '../../contract/list-route.ts';
import { presentSender, senderSchema } from '../../whatsapp/sender-schemas.ts';

/** The clinic's numbers on WhatsApp. */
export const listSenders = () =>
  listRoute({
    operationId: 'listWhatsAppSenders',
    path: '/admin/whatsapp/senders',
    tag: 'WhatsApp',
    summary: 'The numbers of a clinic on WhatsApp, newest first',
    description: 'Those that were disconnected stay in the list.',
    item: senderSchema,
    find,
    present: presentSender,
  });
