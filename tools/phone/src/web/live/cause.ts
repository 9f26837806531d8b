import type { CallItem, Persona, RowsWritten, TextItem } from '../../feed-items.ts';
import type { ThreadItem, Trace } from './fold-feed.ts';

export type CauseKind = 'text' | 'keyword' | 'call' | 'payment' | 'by-hand' | 'due' | 'receipt' | 'other';

/** Why a trace began. */
export type Cause = { kind: CauseKind; title: string; words: string | null };

type Around = {
  said: readonly ThreadItem[];
  personas: readonly Persona[];
  /** The names of those whom the trace texted. */
  texted: readonly string[];
};

const kinds: readonly [type: string, kind: CauseKind][] = [
  ['conversation.text-received.v1', 'text'],
  ['messaging.keyword-received.v1', 'keyword'],
  ['conversation.call-ended.v1', 'call'],
  ['messaging.call-parked.v1', 'call'],
  ['payments.square-payment-reported.v1', 'payment'],
  ['messaging.delivery-reported.v1', 'receipt'],
];
const clockSlackMs = 50;
const callSlackMs = 2_000;

/** Reads the cause from the first webhook of the trace and its events, and from what the phones did at that moment. */
export function causeOf(trace: Trace, { said, personas, texted }: Around): Cause {
  const kind = kindOf(trace, texted);
  const nameOf = (id: string | undefined) => personas.find((persona) => persona.id === id)?.name;
  switch (kind) {
    case 'text':
    case 'keyword': {
      const text = said.find((item) => item.kind === 'text' && item.direction === 'out' && startedBy(trace, item));
      const who = nameOf(text?.personaId) ?? texted[0] ?? 'Someone';
      const wrote = text?.kind === 'text' && text.whatsApp !== undefined ? 'wrote on WhatsApp' : 'texted';
      const title = kind === 'text' ? `${who} ${wrote}` : `${who} sent a keyword`;
      return { kind, title, words: text?.kind === 'text' ? text.text : null };
    }
    case 'call': {
      const hasEnded = trace.events.length > 0;
      const call = said.findLast((item) => item.kind === 'call' && calledBy(trace, item, hasEnded));
      const who = nameOf(call?.personaId) ?? texted[0] ?? 'Someone';
      return { kind, title: hasEnded ? `${who} hung up` : `${who} called`, words: null };
    }
    case 'payment':
      return { kind, title: 'Square reported a payment', words: null };
    case 'by-hand': {
      const isText = trace.events.some(({ type }) => type === 'messaging.text-requested.v1');
      const title = isText ? 'Staff sent a text' : 'Staff asked the administration';
      return { kind, title, words: null };
    }
    case 'due':
      return { kind, title: 'A text was due', words: null };
    case 'receipt':
      return { kind, title: 'The carrier reported a delivery', words: null };
    case 'other':
      return { kind, title: 'Work in the background', words: null };
    default:
      return kind satisfies never;
  }
}

function kindOf({ spans, events }: Trace, texted: Around['texted']): CauseKind {
  const found = kinds.find(([type]) => events.some((event) => event.type === type));
  if (found !== undefined) return found[1];
  if (spans.some(({ service, rows }) => service === 'api' && rows.some(isMoreThanCounting))) return 'by-hand';
  // A text that nothing follows, such as one after STOP, is still a text.
  if (spans.some(({ rows }) => rows.some(({ table }) => table === 'inbound_messages'))) return 'text';
  if (spans.some(({ name, rows }) => name.includes('/voice') || rows.some(({ table }) => table === 'calls')))
    return 'call';
  // A reminder, or a text that waited: its time is its own cause.
  return texted.length > 0 ? 'due' : 'other';
}

/** Every request to the administration is counted; one that only looks does nothing else. */
const isMoreThanCounting = ({ table }: RowsWritten) => table !== 'api_rate_limits';

/** webhook-ingress began the trace while the webhook of this text waited for its answer. */
function startedBy({ spans }: Trace, { at, answeredAt }: TextItem): boolean {
  const root = spans.find(({ service }) => service === 'webhook-ingress');
  if (root === undefined) return false;
  return root.startedAt >= at - clockSlackMs && root.endedAt <= (answeredAt ?? Number.POSITIVE_INFINITY) + clockSlackMs;
}

/** A call is noted just after its first webhook was answered, and its end just before the last one is sent. */
function calledBy({ spans }: Trace, { at, endedAt }: CallItem, hasEnded: boolean): boolean {
  const root = spans.find(({ service }) => service === 'webhook-ingress');
  if (root === undefined) return false;
  const since = hasEnded ? root.startedAt - (endedAt ?? Number.POSITIVE_INFINITY) : at - root.startedAt;
  return since >= -clockSlackMs && since <= callSlackMs;
}
