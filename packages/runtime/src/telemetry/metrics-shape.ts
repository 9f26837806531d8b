import { AggregationTemporality, AggregationType, InstrumentType } from '@opentelemetry/sdk-metrics';
import type { OTLPMetricExporterOptions } from '@opentelemetry/exporter-metrics-otlp-http';

/** `OTLP_METRICS_FOR`: who reads the metrics in the end. */
export type MetricsReader = 'prometheus' | 'cloudwatch';

type Shape = Required<Pick<OTLPMetricExporterOptions, 'temporalityPreference' | 'aggregationPreference'>>;

/**
 * How metrics are sent. Prometheus wants counts since the start and the buckets that its queries name. CloudWatch adds up what
 * it is told, and reads percentiles only from exponential histograms.
 */
export function shapeFor(reader: MetricsReader): Shape {
  if (reader === 'prometheus') {
    return {
      temporalityPreference: AggregationTemporality.CUMULATIVE,
      aggregationPreference: () => ({ type: AggregationType.DEFAULT }),
    };
  }
  return {
    temporalityPreference: AggregationTemporality.DELTA,
    aggregationPreference: (instrument) => ({
      type: instrument === InstrumentType.HISTOGRAM ? AggregationType.EXPONENTIAL_HISTOGRAM : AggregationType.DEFAULT,
    }),
  };
}
