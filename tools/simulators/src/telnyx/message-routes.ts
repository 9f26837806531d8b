import type { Clock } from '@frontdesk/kernel';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import { refusal, type RefusalCode } from './errors.ts';
import type { NumberBook } from './number-book.ts';
import type { OptOuts } from './opt-outs.ts';
import { acceptedData, outboundPayload, queueMessage, type OutboundMessage } from './outbound-message.ts';
import { parseSend } from './parse-send.ts';
import type { TelnyxReceipts } from './receipts.ts';
import type { TextAccepted } from '../wire/texting.ts';
import type { OverLimit, Throughput } from '../wire/throughput.ts';

interface MessageRouteDependencies {
  numbers: NumberBook;
  optOuts: OptOuts;
  throughput: Throughput;
  receipts: TelnyxReceipts;
  clock: Clock;
  authenticate: (request: ReceivedRequest) => Reply | null;
  /** The error that the test wants for this text. */
  plannedRefusal: () => RefusalCode | null;
  profileWebhookUrl: () => string | null;
  onAccepted: (text: TextAccepted) => void;
}

/** Sends and looks up texts. */
export function messageRoutes(dependencies: MessageRouteDependencies): Route[] {
  const { numbers, optOuts, throughput, receipts, clock, authenticate } = dependencies;
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
    const over = throughput.take(asked.from);
    if (over !== null) return overLimit(over);

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

function overLimit({ answer, retryAfterSeconds }: OverLimit): Reply {
  const headers = { 'retry-after': String(retryAfterSeconds), 'x-ratelimit-reset': String(retryAfterSeconds) };
  if (answer === 'queue-full') return { ...refusal('40318', 'The queue of the sender is full.'), headers };
  return { ...refusal('10011', 'You have exceeded the rate limit.'), headers };
}

function acceptedText(message: OutboundMessage, at: Temporal.Instant): TextAccepted {
  const { id, from, to, text, mediaUrls, profileId, webhookUrl } = message;
  return { id, from, to, text, mediaUrls, messagingProfileId: profileId, webhookUrl, at };
}
