import { metrics, type Meter } from '@opentelemetry/api';

/** Where a service makes its counters and histograms. Call it after `startTelemetry`, or they count nothing. */
export function meter(): Meter {
  return metrics.getMeter('frontdesk');
}
