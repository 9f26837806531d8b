import type { Clock } from '@frontdesk/kernel';
import {
  parseTwilioForm,
  readTwilioCall,
  readTwilioMessage,
  readTwilioStatus,
  type VerifyAddressedSignature,
} from '@frontdesk/providers/twilio-webhooks';
import { twiml, type Answer } from '../http/answer.ts';
import type { BodyFormat } from '../http/body-format.ts';
import type { WebhookRoute } from '../http/webhook-route.ts';
import { ofCarrier, reading } from './reading.ts';

const form: BodyFormat = {
  contentType: 'application/x-www-form-urlencoded',
  parse(raw) {
    const body = parseTwilioForm(raw);
    return { body, json: JSON.stringify(body) };
  },
};

const silence = twiml('');
/** As the first verb it ends the call without anybody having answered it, which every other verb would. */
const busy = twiml('<Reject reason="busy"/>');

const isCall = (kind: string) => kind.startsWith('call.');
const isReceived = (kind: string) => kind === 'message.received';

const addresses: readonly {
  path: string;
  read: typeof readTwilioMessage;
  reads: (kind: string) => boolean;
  answer: () => Answer;
}[] = [
  { path: '/webhooks/twilio/messages', read: readTwilioMessage, reads: isReceived, answer: silence },
  {
    path: '/webhooks/twilio/messages/status',
    read: readTwilioStatus,
    reads: (kind) => !isCall(kind) && !isReceived(kind),
    answer: silence,
  },
  // What happens to a call is asked here: nobody stands behind a call that comes this far.
  { path: '/webhooks/twilio/voice', read: readTwilioCall, reads: isCall, answer: busy },
  { path: '/webhooks/twilio/voice/status', read: readTwilioCall, reads: isCall, answer: silence },
];

/** `POST /webhooks/twilio/…`: forms, each kind at an address of its own. */
export function twilioRoutes({ verify, clock }: { verify: VerifyAddressedSignature; clock: Clock }): WebhookRoute[] {
  return addresses.map(({ path, read, reads, answer }) => ({
    path,
    provider: 'twilio',
    format: form,
    verify,
    reads,
    read: reading('twilio', clock, (body, query) => ofCarrier(read(body), query)),
    answer,
  }));
}
