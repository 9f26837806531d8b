import type { Clock } from '@frontdesk/kernel';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Receipts } from '../wire/receipts.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { Throughput } from '../wire/throughput.ts';
import { refusal, type TwilioRefusalCode } from './errors.ts';
import { listMessages } from './list-messages.ts';
import { messageResource, queueMessage, type TwilioMessage } from './message.ts';
import type { TwilioOptOuts } from './opt-outs.ts';
import { parseSend, type SendAsked, type SendingAccount } from './parse-send.ts';
import { API_VERSION, type TwilioAccepted, type TwilioFinalStatus } from './types.ts';
import type { Windows } from './windows.ts';

interface MessageRouteDependencies {
  accountSid: string;
  account: SendingAccount;
  windows: Windows;
  /** Whether a text outside the window is refused at once, or by its receipt. */
  windowRefusal: () => 'answer' | 'receipt';
  optOuts: TwilioOptOuts;
  throughput: Throughput;
  receipts: Receipts<TwilioMessage, TwilioFinalStatus>;
  /** All messages of the account, the oldest first. */
  messages: Map<string, TwilioMessage>;
  clock: Clock;
  authenticate: (request: ReceivedRequest) => Reply | null;
  /** The error that the test wants for this text. */
  plannedRefusal: () => TwilioRefusalCode | null;
  onAccepted: (text: TwilioAccepted) => void;
}

/** Sends, fetches and lists messages. */
export function messageRoutes(dependencies: MessageRouteDependencies): Route[] {
  const { accountSid, account, windows, optOuts, throughput, receipts, messages, clock, authenticate } = dependencies;

  async function send(request: ReceivedRequest): Promise<Reply> {
    const denied = authenticate(request);
    if (denied !== null) return denied;
    const parsed = parseSend(request.body, account);
    if (parsed.kind === 'refused') return parsed.reply;
    const { asked } = parsed;
    const blocked = asked.channel === 'sms' && optOuts.has(blockListOf(asked), asked.to);
    const planned = blocked ? 21610 : dependencies.plannedRefusal();
    if (planned !== null) return refusal(planned);
    const unfit = asked.channel === 'whatsapp' ? unfitForWindow(asked) : null;
    if (unfit !== null && (unfit !== 63016 || dependencies.windowRefusal() === 'answer')) return refusal(unfit);
    const over = throughput.take(asked.from);
    if (over !== null) {
      const perChannel = asked.channel === 'whatsapp' ? 63018 : 20429;
      const reply = refusal(over.answer === 'queue-full' ? 21611 : perChannel);
      return { ...reply, headers: { 'retry-after': String(over.retryAfterSeconds) } };
    }

    const message = queueMessage(asked, clock);
    messages.set(message.sid, message);
    dependencies.onAccepted(acceptedText(message));
    const reply = { status: 201, json: messageResource(message, accountSid) };
    const plan = unfit === null ? receipts.next(asked.to) : { status: 'failed' as const, errorCode: String(unfit) };
    if (plan.beforeAnswer !== true) return { ...reply, afterwards: () => void receipts.report(message, plan) };
    await receipts.report(message, plan);
    return reply;
  }

  const blockListOf = ({ service, from }: SendAsked) => service ?? account.numbers.serviceOf(from) ?? from;

  /** A template that WhatsApp has not let go may always be said; everything else in the window alone. */
  function unfitForWindow({ from, to, content }: SendAsked): TwilioRefusalCode | null {
    const status = content?.approval.status;
    if (status === 'paused') return 63041;
    if (status === 'disabled') return 63042;
    return status === 'approved' || windows.isOpen(from, to) ? null : 63016;
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

function acceptedText(message: TwilioMessage): TwilioAccepted {
  const { sid, channel, from, to, text, choices, listLabel, content, mediaUrls, service, webhookUrl, createdAt } =
    message;
  const template = content?.approval.status === 'approved' ? content : null;
  return {
    id: sid,
    channel,
    from,
    to,
    text,
    choices,
    listLabel,
    contentSid: content?.sid ?? null,
    template:
      template === null ? null : { name: template.friendlyName, language: template.language, values: message.values },
    mediaUrls,
    messagingProfileId: service ?? '',
    webhookUrl,
    at: createdAt,
  };
}
