import type { ProcessConfig } from '../config.ts';
import type { TelemetryOptions } from '../telemetry.ts';

/** What `startTelemetry` needs of a service's settings. */
export function telemetrySettings(config: ProcessConfig): Omit<TelemetryOptions, 'service' | 'spanExporter'> {
  return {
    environment: config.FRONTDESK_ENV,
    release: config.FRONTDESK_RELEASE,
    attributes: config.OTEL_RESOURCE_ATTRIBUTES,
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    headers: config.OTEL_EXPORTER_OTLP_HEADERS,
    traceRatio: config.OTEL_TRACES_SAMPLER_ARG,
    traceSlowMs: config.TRACE_SLOW_MS,
    batchDelayMs: config.OTEL_BSP_SCHEDULE_DELAY,
    metricIntervalMs: config.OTEL_METRIC_EXPORT_INTERVAL,
    metricsFor: config.OTLP_METRICS_FOR,
  };
}
