import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import { keepFailedAndSlow, type KeepOptions } from './keep-failed-and-slow.ts';

export type TracesOptions = KeepOptions & {
  resource: Resource;
  exporter: SpanExporter;
  /** How long finished spans gather before they are sent. */
  batchDelayMs: number;
};

/** Records every span; which of them are sent is decided when they have ended. */
export function startTraces({ resource, exporter, batchDelayMs, ...keep }: TracesOptions): {
  shutdown(): Promise<void>;
} {
  const batches = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: batchDelayMs,
    exportTimeoutMillis: 5_000,
  });
  const provider = new TracerProvider({
    resource,
    sampler: new AlwaysOnSampler(),
    spanProcessors: [keep.ratio === 1 ? batches : keepFailedAndSlow(batches, keep)],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    async shutdown() {
      await provider.shutdown();
      trace.disable();
      propagation.disable();
      context.disable();
    },
  };
}
