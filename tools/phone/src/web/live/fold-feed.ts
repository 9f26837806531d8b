import type { CallItem, CarrierItem, EventItem, FeedItem, SilenceItem, SpanItem, TextItem } from '../../feed-items.ts';

export type ThreadItem = TextItem | CallItem | SilenceItem;

/** Everything that happened under one trace. */
export type Trace = { id: string; spans: readonly SpanItem[]; events: readonly EventItem[] };

/** What the page knows; capped, newest last. */
export type FeedState = {
  threads: ReadonlyMap<string, readonly ThreadItem[]>;
  traces: ReadonlyMap<string, Trace>;
  carried: readonly CarrierItem[];
};

export const nothingYet: FeedState = { threads: new Map(), traces: new Map(), carried: [] };

const keptTraces = 120;
const keptSpans = 200;
const keptCarried = 200;
const keptInThread = 200;

/** Adds a batch; what did not change keeps its identity, so that only the cards it touches are drawn again. */
export function foldFeed(state: FeedState, items: readonly FeedItem[]): FeedState {
  const threads = new Map(state.threads);
  const traces = new Map(state.traces);
  let { carried } = state;
  for (const item of items) {
    if (item.kind === 'carrier') carried = withItem(carried, item).slice(-keptCarried);
    else if (item.kind === 'span') addToTrace(traces, item.traceId, { spans: [item] });
    else if (item.kind === 'event') {
      if (item.traceId !== null) addToTrace(traces, item.traceId, { events: [item] });
    } else threads.set(item.personaId, withItem(threads.get(item.personaId) ?? [], item).slice(-keptInThread));
  }
  for (const id of traces.keys()) {
    if (traces.size <= keptTraces) break;
    traces.delete(id);
  }
  return { threads, traces, carried };
}

function addToTrace(
  traces: Map<string, Trace>,
  id: string,
  { spans = [], events = [] }: { spans?: SpanItem[]; events?: EventItem[] },
): void {
  const known = traces.get(id) ?? { id, spans: [], events: [] };
  traces.set(id, {
    id,
    spans: [...known.spans.filter((span) => !spans.some(({ spanId }) => spanId === span.spanId)), ...spans].slice(
      -keptSpans,
    ),
    events: events.reduce<readonly EventItem[]>(withItem, known.events),
  });
}

/** Replaces the item of the same id where it stands, or adds it at the end. */
function withItem<Item extends { id: string }>(items: readonly Item[], item: Item): readonly Item[] {
  return items.some(({ id }) => id === item.id)
    ? items.map((known) => (known.id === item.id ? item : known))
    : [...items, item];
}
