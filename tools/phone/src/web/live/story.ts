import type { CarrierItem, EventItem, Persona, RowsWritten, SpanItem, TextItem } from '../../feed-items.ts';
import type { FeedState, Trace } from './fold-feed.ts';

/** One trace, told from its cause to what the carrier got. Times are milliseconds after its start. */
export type Story = {
  id: string;
  kind: StoryKind;
  title: string;
  startedAt: number;
  /** The words that a person sent, when a text is the cause. */
  words: string | null;
  steps: readonly Step[];
  /** From the first to the last step. */
  ms: number;
  texts: readonly { carried: CarrierItem; afterMs: number; to: string }[];
};

export type StoryKind = 'text' | 'keyword' | 'call' | 'payment' | 'receipt' | 'other';

export type Step =
  | {
      kind: 'span';
      id: string;
      service: string;
      name: string;
      depth: number;
      fromMs: number;
      ms: number;
      failed: boolean;
      rows: readonly RowsWritten[];
    }
  | { kind: 'event'; id: string; service: string; name: string; queue: string; fromMs: number }
  | { kind: 'text'; id: string; service: 'carrier'; name: string; fromMs: number };

const causes: readonly [type: string, kind: StoryKind][] = [
  ['conversation.text-received.v1', 'text'],
  ['messaging.keyword-received.v1', 'keyword'],
  ['conversation.call-ended.v1', 'call'],
  ['messaging.call-parked.v1', 'call'],
  ['payments.square-payment-reported.v1', 'payment'],
  ['messaging.delivery-reported.v1', 'receipt'],
];
const clockSlackMs = 50;

/** The newest stories first. Traces without an event, a row or a text, such as an idle sweep, are none. */
export function tellStories(state: FeedState, personas: readonly Persona[]): Story[] {
  const texts = [...state.threads.values()].flat().filter((item) => item.kind === 'text' && item.direction === 'out');
  return [...state.traces.values()]
    .map((trace) => tellStory(trace, texts as TextItem[], state.carried, personas)) // the filter left texts alone
    .filter((story) => story !== null)
    .toSorted((a, b) => b.startedAt - a.startedAt);
}

function tellStory(
  trace: Trace,
  sent: readonly TextItem[],
  carried: readonly CarrierItem[],
  personas: readonly Persona[],
): Story | null {
  const { spans, events } = trace;
  const taken = carried.filter((text) => wasSentBy(spans, text));
  if (events.length === 0 && taken.length === 0 && spans.every(({ rows }) => rows.length === 0)) return null;
  const kind = kindOf(trace);
  const startedAt = Math.min(...spans.map((span) => span.startedAt), ...events.map((event) => event.publishedAt));
  const cause = kind === 'text' || kind === 'keyword' ? sent.find((text) => caused(text, trace)) : undefined;
  const nameOf = (number: string) => personas.find((persona) => persona.number === number)?.name ?? number;
  const who =
    personas.find(({ id }) => id === cause?.personaId)?.name ??
    (kind === 'receipt' ? undefined : taken.map(({ to }) => nameOf(to)).at(0));
  const steps = [
    ...spans.map((span) => spanStep(span, spans, startedAt)),
    ...events.map((event) => eventStep(event, startedAt)),
    ...taken.map((text) => textStep(text, nameOf(text.to), startedAt)),
  ].toSorted((a, b) => a.fromMs - b.fromMs);
  return {
    id: trace.id,
    kind,
    title: titleOf(kind, who),
    startedAt,
    words: cause?.text ?? null,
    steps,
    ms: Math.max(1, ...steps.map((step) => step.fromMs + (step.kind === 'span' ? step.ms : 0))),
    texts: taken.map((text) => ({ carried: text, afterMs: text.at - startedAt, to: nameOf(text.to) })),
  };
}

function kindOf({ spans, events }: Trace): StoryKind {
  const found = causes.find(([type]) => events.some((event) => event.type === type));
  if (found !== undefined) return found[1];
  return spans.some(({ name, rows }) => /voice/.test(name) || rows.some(({ table }) => table === 'calls'))
    ? 'call'
    : 'other';
}

function titleOf(kind: StoryKind, who = 'Someone'): string {
  switch (kind) {
    case 'text':
      return `${who} texted`;
    case 'keyword':
      return `${who} sent a keyword`;
    case 'call':
      return `${who} called`;
    case 'payment':
      return 'Square reported a payment';
    case 'receipt':
      return 'The carrier reported a delivery';
    case 'other':
      return 'Work in the background';
    default:
      return kind satisfies never;
  }
}

/** The carrier took it during a span that names the attempt, or else while the messaging worker was in a step of this trace. */
function wasSentBy(spans: readonly SpanItem[], { attemptId, at }: CarrierItem): boolean {
  const senders = spans.filter(({ service }) => service === 'messaging-worker');
  const named = senders.filter(({ attributes }) => Object.keys(attributes).some((key) => /attempt/.test(key)));
  if (attemptId !== null && named.length > 0) {
    return named.some(({ attributes }) => Object.values(attributes).includes(attemptId));
  }
  return senders.some(({ startedAt, endedAt }) => at >= startedAt - 2 && at <= endedAt + 2);
}

/** A person's text caused the trace that webhook-ingress began while its webhook was waiting for the answer. */
function caused({ at, answeredAt }: TextItem, { spans }: Trace): boolean {
  const root = spans.find(({ service }) => service === 'webhook-ingress');
  if (root === undefined) return false;
  return root.startedAt >= at - clockSlackMs && root.endedAt <= (answeredAt ?? Number.POSITIVE_INFINITY) + clockSlackMs;
}

function spanStep(span: SpanItem, spans: readonly SpanItem[], startedAt: number): Step {
  const { spanId: id, service, name, failed } = span;
  const depth = depthOf(span, spans);
  const rows = failed ? [] : span.rows;
  const fromMs = span.startedAt - startedAt;
  return { kind: 'span', id, service, name, depth, fromMs, ms: span.endedAt - span.startedAt, failed, rows };
}

function depthOf(span: SpanItem, spans: readonly SpanItem[]): number {
  let depth = 0;
  let parent = spans.find(({ spanId }) => spanId === span.parentId);
  while (parent !== undefined && depth < 6) {
    if (parent.service === span.service) depth += 1;
    const { parentId } = parent;
    parent = spans.find(({ spanId }) => spanId === parentId);
  }
  return depth;
}

function eventStep({ id, producer, type, queue, publishedAt }: EventItem, startedAt: number): Step {
  return { kind: 'event', id, service: producer, name: type, queue, fromMs: Math.max(0, publishedAt - startedAt) };
}

function textStep({ id, at }: CarrierItem, to: string, startedAt: number): Step {
  return { kind: 'text', id, service: 'carrier', name: `text to ${to}`, fromMs: Math.max(0, at - startedAt) };
}
