import type { Clock } from '@frontdesk/kernel';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import { refusal, type RefusalCode } from './errors.ts';
import type { NumberBook } from './number-book.ts';
import type { OptOuts } from './opt-outs.ts';
import { acceptedData, outboundPayload, queueMessage, type OutboundMessage } from './outbound-message.ts';
import { parseSend } from './parse-send.ts';
import type { Receipts } from './receipts.ts';
import type { TextAccepted } from './types.ts';

interface MessageRouteDependencies {
  numbers: NumberBook;
  optOuts: OptOuts;
  receipts: Receipts;
  clock: Clock;
  authenticate: (request: ReceivedRequest) => Reply | null;
  /** The error that the test wants for this text. */
  plannedRefusal: () => RefusalCode | null;
  profileWebhookUrl: () => string | null;
  onAccepted: (text: TextAccepted) => void;
}

/** Sends and looks up texts. */
export function messageRoutes(dependencies: MessageRouteDependencies): Route[] {
  const { numbers, optOuts, receipts, clock, authenticate } = dependencies;
  const messages = new Map<string, OutboundMessage>();

  async function send(request: ReceivedRequest): Promise<Reply> {
    const denied = authenticate(request);
    if (denied !== null) return denied;
    const parsed = parseSend(request.json, numbers, dependencies.profileWebhookUrl());
    if (parsed.kind === 'refused') return parsed.reply;
    const { asked } = parsed;
    if (optOuts.has(asked.profileId, asked.to)) {
      return refusal('40300', 'Messages cannot be sent to this recipient due to an existing block rule.', '/to');
    }
    const planned = dependencies.plannedRefusal();
    if (planned !== null) return refusal(planned, 'The message was not accepted.');

    const message = queueMessage(asked);
    messages.set(message.id, message);
    dependencies.onAccepted(acceptedText(message, clock()));
    const reply = { status: 200, json: { data: acceptedData(message) } };
    const plan = receipts.next(asked.to);
    if (plan.beforeAnswer !== true) return { ...reply, afterwards: () => void receipts.report(message, plan) };
    await receipts.report(message, plan);
    return reply;
  }

  function lookUp(request: ReceivedRequest): Reply {
    const denied = authenticate(request);
    if (denied !== null) return denied;
    const message = messages.get(request.params['id'] ?? '');
    if (message === undefined) return refusal('10005', 'The requested message does not exist.');
    return { status: 200, json: { data: outboundPayload(message) } };
  }

  return [
    { method: 'POST', path: '/v2/messages', handle: send },
    { method: 'GET', path: '/v2/messages/:id', handle: lookUp },
  ];
}

function acceptedText(message: OutboundMessage, at: Temporal.Instant): TextAccepted {
  const { id, from, to, text, profileId, webhookUrl } = message;
  return { id, from, to, text, messagingProfileId: profileId, webhookUrl, at };
}
