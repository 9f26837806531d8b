import type { Clock } from '@frontdesk/kernel';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Receipts } from '../wire/receipts.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { Throughput } from '../wire/throughput.ts';
import { acceptedOf, bodyValues, payloads } from './accepted.ts';
import type { MetaAccounts, MetaNumber } from './accounts.ts';
import { refusal, type MetaRefusalCode } from './errors.ts';
import { newWamid, type MetaMessage } from './message.ts';
import { parseSend, readMark, type SendAsked } from './parse-send.ts';
import type { People, Person } from './people.ts';
import { valuesOf, type TemplateBook } from './template-book.ts';
import type { MetaAccepted, MetaFinalStatus, MetaTemplate } from './types.ts';
import type { Windows } from './windows.ts';

interface MessageRouteDependencies {
  accounts: MetaAccounts;
  templates: TemplateBook;
  people: People;
  windows: Windows;
  throughput: Throughput;
  receipts: Receipts<MetaMessage, MetaFinalStatus>;
  clock: Clock;
  /** The error that the test wants for this message. */
  plannedRefusal: () => MetaRefusalCode | null;
  refusesWindowBy: () => 'answer' | 'receipt';
  /** Whether a person wrote this. */
  wasReceived: (messageId: string) => boolean;
  onSeen: (seen: { messageId: string; typing: boolean }) => void;
  onAccepted: (text: MetaAccepted, message: MetaMessage) => void;
}

/** Sends, and marks as read. */
export function messageRoutes(dependencies: MessageRouteDependencies): Route[] {
  const { accounts, people, windows, throughput, receipts, clock } = dependencies;

  async function post(request: ReceivedRequest): Promise<Reply> {
    const number = accounts.openNumber(request);
    if ('status' in number) return number;
    const mark = readMark.safeParse(request.json);
    return mark.success ? markRead(mark.data) : await send(number, request.json);
  }

  function markRead({
    message_id: messageId,
    typing_indicator: typing,
  }: {
    message_id: string;
    typing_indicator?: unknown;
  }): Reply {
    if (!dependencies.wasReceived(messageId)) return refusal(131009, 'The message is not known.');
    dependencies.onSeen({ messageId, typing: typing !== undefined });
    return { status: 200, json: { success: true } };
  }

  async function send(number: MetaNumber, json: unknown): Promise<Reply> {
    const parsed = parseSend(json);
    if (parsed.kind === 'refused') return parsed.reply;
    const { asked } = parsed;
    if (!number.registered) return refusal(133010);
    const found = templateOf(asked, number);
    if (found.kind === 'refused') return found.reply;
    const planned = dependencies.plannedRefusal();
    if (planned !== null) return refusal(planned);
    const person = people.at(asked.to === undefined ? `wa:${asked.recipient}` : `+${asked.to.replace('+', '')}`);
    const isOutside = asked.type !== 'template' && !windows.isOpen(number.phoneNumberId, person);
    if (isOutside && dependencies.refusesWindowBy() === 'answer') {
      return refusal(131047, 'More than 24 hours have passed since the recipient last replied.');
    }
    const over = throughput.take(number.number);
    if (over !== null) {
      const reply = refusal(over.answer === 'queue-full' ? 131056 : 130429);
      return { ...reply, headers: { 'retry-after': String(over.retryAfterSeconds) } };
    }
    return await take({ number, asked, person, template: found.template, isOutside, json });
  }

  async function take(of: {
    number: MetaNumber;
    asked: SendAsked;
    person: Person;
    template: MetaTemplate | null;
    isOutside: boolean;
    json: unknown;
  }): Promise<Reply> {
    const { number, asked, person } = of;
    const callbackData = asked.biz_opaque_callback_data ?? null;
    const message: MetaMessage = { id: newWamid(), number, person, callbackData, status: 'accepted', errorCode: null };
    const accepted = acceptedOf(message, { ...of, clock });
    dependencies.onAccepted(accepted, message);
    const contact = asked.to === undefined ? { user_id: asked.recipient } : { wa_id: asked.to.replace('+', '') };
    const reply: Reply = {
      status: 200,
      json: {
        messaging_product: 'whatsapp',
        contacts: [{ input: asked.to ?? asked.recipient, ...contact }],
        messages: [{ id: message.id }],
      },
    };
    const next = receipts.next(accepted.to);
    const plan = of.isOutside ? { ...next, status: 'failed' as const, errorCode: '131047' } : next;
    if (plan.beforeAnswer !== true) return { ...reply, afterwards: () => void receipts.report(message, plan) };
    await receipts.report(message, plan);
    return reply;
  }

  function templateOf(asked: SendAsked, { account }: MetaNumber): Found {
    if (asked.type !== 'template') return { kind: 'found', template: null };
    const { name, language } = asked.template;
    const template = dependencies.templates.find(account.wabaId, name, language.code);
    const code = template === null ? 132001 : misfitOf(asked, template);
    return code === null ? { kind: 'found', template } : { kind: 'refused', reply: refusal(code) };
  }

  return [{ method: 'POST', path: '/:version/:id/messages', handle: post }];
}

/** The template that is meant; null for other messages. */
type Found = { kind: 'found'; template: MetaTemplate | null } | { kind: 'refused'; reply: Reply };

function misfitOf(asked: SendAsked, { status, body, buttons }: MetaTemplate): MetaRefusalCode | null {
  if (status === 'PAUSED' || status === 'DISABLED') return 132015;
  if (status !== 'APPROVED') return 132001;
  if (bodyValues(asked).length !== valuesOf(body)) return 132000;
  return [...payloads(asked).keys()].every((n) => n < buttons.length) ? null : 132018;
}
