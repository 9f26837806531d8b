import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';

export type TelemetryOptions = {
  service: string;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`, without the path. Left out, nothing is traced and tracing costs nothing. */
  endpoint?: string | undefined;
  /** How long finished spans gather before they are sent. */
  batchDelayMs?: number;
  /** Takes the spans instead of the endpoint. */
  spanExporter?: SpanExporter;
};

export type Telemetry = {
  /** Answers a request with the metrics in Prometheus' text format. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void;
  /** Sends what has gathered, and stops. */
  shutdown(): Promise<void>;
};

/** Starts metrics, and traces when they have somewhere to go. Call it first in a process: what is made before counts nothing. */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const { service, endpoint, batchDelayMs = 2_000 } = options;
  const resource = resourceFromAttributes({ 'service.name': service });
  const prometheus = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
  const meterProvider = new MeterProvider({ resource, readers: [prometheus] });
  metrics.setGlobalMeterProvider(meterProvider);
  const exporter =
    options.spanExporter ?? (endpoint === undefined ? null : new OTLPTraceExporter({ url: tracesUrl(endpoint) }));
  const traces = exporter === null ? null : startTraces(resource, exporter, batchDelayMs);
  return {
    serveMetrics: (request, response) => prometheus.getMetricsRequestHandler(request, response),
    async shutdown() {
      await Promise.allSettled([traces?.shutdown(), meterProvider.shutdown()]);
      metrics.disable();
    },
  };
}

function tracesUrl(endpoint: string): string {
  return `${endpoint.replace(/\/$/, '')}/v1/traces`;
}

function startTraces(resource: Resource, exporter: SpanExporter, scheduledDelayMillis: number) {
  const provider = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis, exportTimeoutMillis: 5_000 })],
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
