import { SpanStatusCode, type Context } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import {
  SamplingDecision,
  TraceIdRatioBasedSampler,
  type ReadableSpan,
  type Span,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';

export type KeepOptions = {
  /** The share of ordinary traces that is kept, 0 to 1. Every service that is told the same keeps the same traces. */
  ratio: number;
  /** A span that took longer keeps its trace. */
  slowMs: number;
  /** Most traces that wait for their end at once. The one begun first is decided early when there are more. */
  mostTraces?: number;
  /** Most spans of a trace that wait. The rest go with the ratio alone. */
  mostSpans?: number;
};

/** What this process has of one trace and has not decided yet. */
type Waiting = { open: number; spans: ReadableSpan[]; noteworthy: boolean };

/**
 * Passes on the spans of a trace when its last open span in this process has ended: all of them when one failed or was slow,
 * otherwise those of the share of traces that the ratio keeps. Ids are drawn before anything can fail, so nothing can be
 * decided at the start of a trace.
 */
export function keepFailedAndSlow(next: SpanProcessor, options: KeepOptions): SpanProcessor {
  const { ratio, slowMs, mostTraces = 2_000, mostSpans = 500 } = options;
  const byRatio = new TraceIdRatioBasedSampler(ratio);
  const waiting = new Map<string, Waiting>();

  const isOfTheShare = (traceId: string) =>
    byRatio.shouldSample(undefined, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
  const isNoteworthy = (span: ReadableSpan) =>
    span.status.code === SpanStatusCode.ERROR || hrTimeToMilliseconds(span.duration) > slowMs;

  const decide = (traceId: string, trace: Waiting) => {
    waiting.delete(traceId);
    if (trace.noteworthy || isOfTheShare(traceId)) for (const span of trace.spans) next.onEnd(span);
  };
  const decideAll = () => {
    for (const [traceId, trace] of waiting) decide(traceId, trace);
  };

  return {
    onStart(span: Span, parent: Context) {
      next.onStart(span, parent);
      const { traceId } = span.spanContext();
      const trace = waiting.get(traceId);
      if (trace !== undefined) {
        trace.open += 1;
        return;
      }
      waiting.set(traceId, { open: 1, spans: [], noteworthy: false });
      const [first] = waiting;
      if (waiting.size > mostTraces && first !== undefined) decide(...first);
    },
    onEnd(span) {
      const { traceId } = span.spanContext();
      const trace = waiting.get(traceId);
      if (trace === undefined || trace.spans.length >= mostSpans) {
        if (isNoteworthy(span) || isOfTheShare(traceId)) next.onEnd(span);
      } else {
        trace.spans.push(span);
      }
      if (trace === undefined) return;
      trace.noteworthy ||= isNoteworthy(span);
      trace.open -= 1;
      if (trace.open <= 0) decide(traceId, trace);
    },
    forceFlush() {
      return next.forceFlush();
    },
    shutdown() {
      decideAll();
      return next.shutdown();
    },
  };
}
