import type { Clock } from '@frontdesk/kernel';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Receipts } from '../wire/receipts.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { TextAccepted } from '../wire/texting.ts';
import type { Throughput } from '../wire/throughput.ts';
import { refusal, type TwilioRefusalCode } from './errors.ts';
import { listMessages } from './list-messages.ts';
import { messageResource, queueMessage, type TwilioMessage } from './message.ts';
import type { TwilioNumbers } from './number-book.ts';
import type { TwilioOptOuts } from './opt-outs.ts';
import { parseSend } from './parse-send.ts';
import { API_VERSION, type TwilioFinalStatus } from './types.ts';

interface MessageRouteDependencies {
  accountSid: string;
  numbers: TwilioNumbers;
  optOuts: TwilioOptOuts;
  throughput: Throughput;
  receipts: Receipts<TwilioMessage, TwilioFinalStatus>;
  /** All messages of the account, the oldest first. */
  messages: Map<string, TwilioMessage>;
  clock: Clock;
  authenticate: (request: ReceivedRequest) => Reply | null;
  /** The error that the test wants for this text. */
  plannedRefusal: () => TwilioRefusalCode | null;
  onAccepted: (text: TextAccepted) => void;
}

/** Sends, fetches and lists messages. */
export function messageRoutes(dependencies: MessageRouteDependencies): Route[] {
  const { accountSid, numbers, optOuts, throughput, receipts, messages, clock, authenticate } = dependencies;

  async function send(request: ReceivedRequest): Promise<Reply> {
    const denied = authenticate(request);
    if (denied !== null) return denied;
    const parsed = parseSend(request.body, numbers);
    if (parsed.kind === 'refused') return parsed.reply;
    const { asked } = parsed;
    if (optOuts.has(asked.service ?? numbers.serviceOf(asked.from) ?? asked.from, asked.to)) return refusal(21610);
    const planned = dependencies.plannedRefusal();
    if (planned !== null) return refusal(planned);
    const over = throughput.take(asked.from);
    if (over !== null) {
      const reply = refusal(over.answer === 'queue-full' ? 21611 : 20429);
      return { ...reply, headers: { 'retry-after': String(over.retryAfterSeconds) } };
    }

    const message = queueMessage(asked, clock);
    messages.set(message.sid, message);
    dependencies.onAccepted(acceptedText(message));
    const reply = { status: 201, json: messageResource(message, accountSid) };
    const plan = receipts.next(asked.to);
    if (plan.beforeAnswer !== true) return { ...reply, afterwards: () => void receipts.report(message, plan) };
    await receipts.report(message, plan);
    return reply;
  }

  function fetchOne(request: ReceivedRequest): Reply {
    const denied = authenticate(request);
    if (denied !== null) return denied;
    const message = messages.get((request.params['sid'] ?? '').replace(/\.json$/, ''));
    return message === undefined ? refusal(20404) : { status: 200, json: messageResource(message, accountSid) };
  }

  function list(request: ReceivedRequest): Reply {
    const denied = authenticate(request);
    if (denied !== null) return denied;
    return { status: 200, json: listMessages([...messages.values()], request, accountSid) };
  }

  const path = `/${API_VERSION}/Accounts/:account/Messages`;
  return [
    { method: 'POST', path: `${path}.json`, handle: send },
    { method: 'GET', path: `${path}.json`, handle: list },
    { method: 'GET', path: `${path}/:sid`, handle: fetchOne },
  ];
}

function acceptedText({ sid, from, to, text, mediaUrls, service, webhookUrl, createdAt }: TwilioMessage): TextAccepted {
  return { id: sid, from, to, text, mediaUrls, messagingProfileId: service ?? '', webhookUrl, at: createdAt };
}
