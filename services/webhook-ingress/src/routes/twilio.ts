import type { Clock } from '@frontdesk/kernel';
import {
  parseTwilioForm,
  readTwilioCall,
  readTwilioMessage,
  readTwilioSenderStatus,
  readTwilioStatus,
  type VerifyAddressedSignature,
} from '@frontdesk/providers/twilio-webhooks';
import { twiml } from '../http/answer.ts';
import { jsonBody, type BodyFormat } from '../http/body-format.ts';
import { usualBodyAtMostBytes, type WebhookRoute } from '../http/webhook-route.ts';
import { ofCarrier, reading } from './reading.ts';

const form: BodyFormat = {
  contentType: 'application/x-www-form-urlencoded',
  parse(raw) {
    const body = parseTwilioForm(raw);
    return { body, json: JSON.stringify(body) };
  },
};

const silent = twiml('');
/** As the first verb it ends the call without anybody having answered it, which every other verb would. */
const busy = twiml('<Reject reason="busy"/>');

/** A call that nobody has taken or ended yet. */
const rings = new Set(['call.queued', 'call.initiated', 'call.ringing']);

const isCall = (kind: string) => kind.startsWith('call.');
const isReceived = (kind: string) => kind === 'message.received';
const isOfSender = (kind: string) => /^(?:sender|content)\./.test(kind);

const addresses: readonly {
  path: string;
  read: typeof readTwilioMessage;
  reads: (kind: string) => boolean;
  answer: WebhookRoute['answer'];
  formats?: readonly BodyFormat[];
}[] = [
  { path: '/webhooks/twilio/messages', read: readTwilioMessage, reads: isReceived, answer: () => silent },
  {
    path: '/webhooks/twilio/messages/status',
    read: readTwilioStatus,
    reads: (kind) => !isCall(kind) && !isReceived(kind) && !isOfSender(kind),
    answer: () => silent,
  },
  {
    path: '/webhooks/twilio/senders',
    read: readTwilioSenderStatus,
    reads: isOfSender,
    answer: () => silent,
    formats: [form, jsonBody],
  },
  // What is to happen to a call is asked here. Nobody stands behind one that comes this far.
  {
    path: '/webhooks/twilio/voice',
    read: readTwilioCall,
    reads: isCall,
    answer: (_, kind) => (rings.has(kind) ? busy : silent),
  },
  { path: '/webhooks/twilio/voice/status', read: readTwilioCall, reads: isCall, answer: () => silent },
];

/** `POST /webhooks/twilio/…`: forms, each kind at an address of its own. */
export function twilioRoutes({ verify, clock }: { verify: VerifyAddressedSignature; clock: Clock }): WebhookRoute[] {
  return addresses.map(({ path, read, reads, answer, formats = [form] }) => ({
    path,
    provider: 'twilio',
    formats,
    verify,
    bodyAtMostBytes: usualBodyAtMostBytes,
    reads,
    read: reading('twilio', clock, (body, query) => ofCarrier(read(body), query)),
    answer,
  }));
}
