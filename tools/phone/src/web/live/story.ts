import type { CarrierItem, EventItem, Persona, RowsWritten, SpanItem } from '../../feed-items.ts';
import { causeOf, type CauseKind } from './cause.ts';
import type { FeedState, ThreadItem, Trace } from './fold-feed.ts';

/** One trace, told from its cause to what the carrier got. Times are milliseconds after its start. */
export type Story = {
  id: string;
  kind: CauseKind;
  title: string;
  startedAt: number;
  /** The words that a person sent, when a text is the cause. */
  words: string | null;
  steps: readonly Step[];
  /** From the first to the last step. */
  ms: number;
  texts: readonly { carried: CarrierItem; afterMs: number; to: string }[];
};

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

/** The newest stories first. Traces without an event, a row or a text, such as an idle sweep, are none. */
export function tellStories(state: FeedState, personas: readonly Persona[]): Story[] {
  const said = [...state.threads.values()].flat();
  return [...state.traces.values()]
    .map((trace) => tellStory(trace, said, state.carried, personas))
    .filter((story) => story !== null)
    .toSorted((a, b) => b.startedAt - a.startedAt);
}

function tellStory(
  trace: Trace,
  said: readonly ThreadItem[],
  carried: readonly CarrierItem[],
  personas: readonly Persona[],
): Story | null {
  const { spans, events } = trace;
  const taken = carried.filter((text) => wasSentBy(spans, text));
  if (events.length === 0 && taken.length === 0 && spans.every(({ rows }) => rows.length === 0)) return null;
  const startedAt = Math.min(...spans.map((span) => span.startedAt), ...events.map((event) => event.publishedAt));
  const nameOf = (number: string) => personas.find((persona) => persona.number === number)?.name ?? number;
  const { kind, title, words } = causeOf(trace, { said, personas, texted: taken.map(({ to }) => nameOf(to)) });
  const steps = [
    ...spans.map((span) => spanStep(span, spans, startedAt)),
    ...events.map((event) => eventStep(event, startedAt)),
    ...taken.map((text) => textStep(text, nameOf(text.to), startedAt)),
  ].toSorted((a, b) => placeOf(a, spans, startedAt) - placeOf(b, spans, startedAt));
  return {
    id: trace.id,
    kind,
    title,
    startedAt,
    words,
    steps,
    ms: Math.max(1, ...steps.map((step) => step.fromMs + (step.kind === 'span' ? step.ms : 0))),
    texts: taken.map((text) => ({ carried: text, afterMs: text.at - startedAt, to: nameOf(text.to) })),
  };
}

/** An event stands before the work that it caused, although the log notes it only when the queue has confirmed it. */
function placeOf(step: Step, spans: readonly SpanItem[], startedAt: number): number {
  if (step.kind !== 'event') return step.fromMs;
  const work = spans.filter(
    ({ name, attributes }) => name.endsWith(step.name) && attributes['messaging.message.id'] === step.id,
  );
  return Math.min(step.fromMs, ...work.map((span) => span.startedAt - startedAt - 0.001));
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
