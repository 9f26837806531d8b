import { describe, expect, it } from '@jest/globals';
import { context, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { AlwaysOnSampler, InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { keepFailedAndSlow, type KeepOptions } from './keep-failed-and-slow.ts';

function recorder(options: Partial<KeepOptions>) {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    sampler: new AlwaysOnSampler(),
    spanProcessors: [keepFailedAndSlow(new SimpleSpanProcessor({ exporter }), { ratio: 0, slowMs: 1_000, ...options })],
  });
  const tracer = provider.getTracer('test');
  return {
    start: (name: string, parent?: Span): Span => tracer.startSpan(name, { startTime: 0 }, within(parent)),
    kept: () => exporter.getFinishedSpans().map(({ name }) => name),
    stop: () => provider.shutdown(),
  };
}

const within = (parent: Span | undefined): Context =>
  parent === undefined ? context.active() : trace.setSpan(context.active(), parent);
const fail = (span: Span) => span.setStatus({ code: SpanStatusCode.ERROR });

describe('which traces are sent', () => {
  it('are none of the ordinary ones at ratio 0', () => {
    const { start, kept } = recorder({});
    const root = start('root');
    start('child', root).end(1);
    root.end(2);
    expect(kept()).toEqual([]);
  });

  it('are those with a failed span, with what came before and after it', () => {
    const { start, kept } = recorder({});
    const root = start('root');
    start('before', root).end(1);
    const failing = start('failing', root);
    fail(failing);
    failing.end(2);
    start('after', root).end(3);
    root.end(4);
    expect(kept()).toEqual(['before', 'failing', 'after', 'root']);
  });

  it('are those with a slow span', () => {
    const { start, kept } = recorder({});
    const root = start('root');
    start('child', root).end(1);
    root.end(1_001);
    expect(kept()).toEqual(['child', 'root']);
  });

  it('keeps a failure that is told after the trace was decided', () => {
    const { start, kept } = recorder({ mostTraces: 1 });
    const evicted = start('evicted');
    start('other').end(1);
    fail(evicted);
    evicted.end(2);
    expect(kept()).toEqual(['evicted']);
  });

  it('holds a bounded number of spans of one trace', () => {
    const { start, kept } = recorder({ mostSpans: 2 });
    const root = start('root');
    for (const name of ['1', '2', '3']) start(name, root).end(1);
    fail(root);
    root.end(2);
    expect(kept()).toEqual(['root', '1', '2']);
  });

  it('are the same in every process that is told the same ratio, and about so many', () => {
    const processes = [recorder({ ratio: 0.25 }), recorder({ ratio: 0.25 })] as const;
    const upstream = Array.from({ length: 400 }, () => processes[0].start('root'));
    const downstream = upstream.map((root) => processes[1].start(root.spanContext().traceId, root));
    for (const span of [...upstream, ...downstream]) span.end(1);
    const keptThere = new Set(processes[1].kept());
    expect(processes[0].kept()).toHaveLength(keptThere.size);
    expect(keptThere.size).toBeGreaterThan(50);
    expect(keptThere.size).toBeLessThan(150);
  });

  it('never lose a failed or a slow span, in whatever order spans begin and end', () => {
    const spans = fc.array(fc.record({ trace: fc.nat(3), fails: fc.boolean(), ms: fc.nat(2_000) }), { maxLength: 30 });
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 3 }), fc.infiniteStream(fc.nat(100)), (all, mostTraces, dice) => {
        const { start, kept } = recorder({ mostTraces, mostSpans: 3 });
        const roots = new Map<number, Span>();
        const begun = all.map(({ trace: n, fails, ms }, index) => {
          const span = start(String(index), roots.get(n));
          if (!roots.has(n)) roots.set(n, span);
          if (fails) fail(span);
          return { span, ms, order: dice.next().value ?? 0 };
        });
        for (const { span, ms } of begun.toSorted((a, b) => a.order - b.order)) span.end(ms);
        const noteworthy = all.flatMap(({ fails, ms }, index) => (fails || ms > 1_000 ? [String(index)] : []));
        expect(kept()).toEqual(expect.arrayContaining(noteworthy));
      }),
    );
  });

  it('are decided at the latest when the process stops', async () => {
    const exporter = new InMemorySpanExporter();
    const sent: string[] = [];
    const next = new SimpleSpanProcessor({ exporter });
    const processor = keepFailedAndSlow(
      { ...bound(next), onEnd: ({ name }) => sent.push(name) },
      { ratio: 1, slowMs: 1 },
    );
    const provider = new TracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [processor] });
    const root = provider.getTracer('test').startSpan('open for ever');
    provider.getTracer('test').startSpan('child', {}, within(root)).end();
    await provider.shutdown();
    expect(sent).toEqual(['child']);
  });
});

function bound(processor: SimpleSpanProcessor) {
  return {
    onStart: () => {},
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}
