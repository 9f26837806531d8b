import type { Clock } from '@frontdesk/kernel';
import type { Route } from '../contract/route.ts';
import { getMessage } from './get-message.ts';
import { listMessages } from './list-messages.ts';
import { purgePerson } from './purge-person.ts';
import { recordConsent } from './record-consent.ts';
import { sendMessage } from './send-message.ts';

/** Every route there is. A new one is a file beside this, and a line here. */
export const allRoutes = (ports: { clock: Clock }): readonly Route[] => [
  sendMessage(),
  getMessage(),
  listMessages(),
  recordConsent(),
  purgePerson(ports),
];
