import type { Clock } from '@frontdesk/kernel';
import type { Route } from '../../contract/route.ts';
import { adoptTemplates } from './adopt-templates.ts';
import { connectSender, type SignUpPorts } from './connect-sender.ts';
import { disconnectSender } from './disconnect-sender.ts';
import { getSender } from './get-sender.ts';
import { getTemplate } from './get-template.ts';
import { listSenders } from './list-senders.ts';
import { listTemplates } from './list-templates.ts';
import { registerSender } from './register-sender.ts';
import { retireTemplate } from './retire-template.ts';
import { submitTemplate } from './submit-template.ts';
import { writeTemplate } from './write-template.ts';

/** What is asked and done about WhatsApp: senders and templates. */
export const whatsAppRoutes = (ports: { clock: Clock; signUps: SignUpPorts | null }): readonly Route[] => [
  connectSender(ports),
  registerSender(),
  listSenders(),
  getSender(),
  disconnectSender(),
  writeTemplate(),
  listTemplates(),
  getTemplate(),
  submitTemplate(),
  retireTemplate(),
  adoptTemplates(),
];
