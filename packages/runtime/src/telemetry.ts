import type { IncomingMessage, ServerResponse } from 'node:http';
import { metrics } from '@opentelemetry/api';
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { shapeFor, type MetricsReader } from './telemetry/metrics-shape.ts';
import { startProcessMetrics } from './telemetry/process-metrics.ts';
import { resourceOf, type Identity } from './telemetry/resource.ts';
import { startTraces } from './telemetry/traces.ts';

export type TelemetryOptions = Identity & {
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`, without the path. Left out, nothing is traced and tracing costs nothing. */
  endpoint?: string | undefined;
  /** `OTEL_EXPORTER_OTLP_HEADERS`: `key=value,key=value`. */
  headers?: string | undefined;
  /** The share of ordinary traces that is sent; those with a failed or slow span always are. */
  traceRatio?: number;
  traceSlowMs?: number;
  /** How long finished spans gather before they are sent. */
  batchDelayMs?: number;
  /** How often metrics are sent. */
  metricIntervalMs?: number;
  metricsFor?: MetricsReader;
  /** Takes the spans instead of the endpoint. */
  spanExporter?: SpanExporter;
};

export type Telemetry = {
  /** Answers a request with the metrics in Prometheus' text format. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void;
  /** Sends what has gathered, and stops. */
  shutdown(): Promise<void>;
};

const sendWithinMs = 5_000;

/** Thirteen series for each space of V8's heap, which the use of the heap says well enough. */
const views: ViewOptions[] = [
  { instrumentName: 'v8js.memory.heap.space.*', aggregation: { type: AggregationType.DROP } },
  { instrumentName: 'v8js.resource.active', aggregation: { type: AggregationType.DROP } },
];

/**
 * Starts metrics, which Prometheus may read, and sends metrics and traces when they have somewhere to go. Call it first in a
 * process: what is made before counts nothing. What OpenTelemetry's exporters read from `OTEL_EXPORTER_OTLP_*` besides
 * (compression, certificates) they find by themselves.
 */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const { endpoint, headers = '', traceRatio = 1, traceSlowMs = 8_000 } = options;
  const { batchDelayMs = 2_000, metricIntervalMs = 60_000, metricsFor = 'prometheus' } = options;
  const resource = resourceOf(options);
  const to = (path: string, base: string) => ({
    url: `${base.replace(/\/$/, '')}${path}`,
    headers: parseKeyPairsIntoRecord(headers),
    timeoutMillis: sendWithinMs,
  });
  const prometheus = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
  const readers = [prometheus, ...(endpoint === undefined ? [] : [pushing(to('/v1/metrics', endpoint))])];
  const meterProvider = new MeterProvider({ resource, readers, views });
  metrics.setGlobalMeterProvider(meterProvider);
  const processMetrics = startProcessMetrics(meterProvider);
  const exporter =
    options.spanExporter ?? (endpoint === undefined ? null : new OTLPTraceExporter(to('/v1/traces', endpoint)));
  const traces =
    exporter === null
      ? null
      : startTraces({ resource, exporter, batchDelayMs, ratio: traceRatio, slowMs: traceSlowMs });
  return {
    serveMetrics: (request, response) => prometheus.getMetricsRequestHandler(request, response),
    async shutdown() {
      await Promise.allSettled([traces?.shutdown(), meterProvider.shutdown()]);
      processMetrics.stop();
      metrics.disable();
    },
  };

  function pushing(collector: ReturnType<typeof to>) {
    return new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({ ...collector, ...shapeFor(metricsFor) }),
      exportIntervalMillis: metricIntervalMs,
      exportTimeoutMillis: Math.min(sendWithinMs, metricIntervalMs),
    });
  }
}
