import type { Clock } from '@frontdesk/kernel';
import type { Route } from '../contract/route.ts';
import { noNumberVendors, type NumberVendors } from '../numbers/number-vendors.ts';
import { getMessage } from './get-message.ts';
import { listMessages } from './list-messages.ts';
import { numberRoutes } from './numbers/number-routes.ts';
import { purgePerson } from './purge-person.ts';
import { recordConsent } from './record-consent.ts';
import { sendMessage } from './send-message.ts';
import { tendlcRoutes } from './tendlc/tendlc-routes.ts';
import type { SignUpPorts } from './whatsapp/connect-sender.ts';
import { whatsAppRoutes } from './whatsapp/whatsapp-routes.ts';

/** Every route there is. A new one is a file beside this, and a line here. */
export const allRoutes = ({
  clock,
  numbers = noNumberVendors,
  signUps = null,
}: {
  clock: Clock;
  numbers?: NumberVendors;
  /** Null: WhatsApp through Meta is not set up. */
  signUps?: SignUpPorts | null;
}): readonly Route[] => [
  sendMessage(),
  getMessage(),
  listMessages(),
  recordConsent(),
  purgePerson({ clock }),
  ...numberRoutes({ vendors: numbers, clock }),
  ...whatsAppRoutes({ clock, signUps }),
  ...tendlcRoutes({ vendors: numbers, clock }),
];
