import { alarms } from '@frontdesk/operations';
import type { ServiceName } from '@frontdesk/contracts';

export const metricNamespace = 'Frontdesk';

/** The labels by which CloudWatch keeps a metric: those by which an alarm of the table chooses or divides it. */
export function dimensionsOf(metric: string): string[][] {
  const sets = alarms
    .filter((alarm) => alarm.metric === metric)
    .map(({ where, each }) => [...Object.keys(where), ...(each === 'none' ? [] : [each.label])].toSorted());
  return [...new Map(sets.map((set) => [set.join(), set])).values()];
}

/** The metrics that alarms look at. CloudWatch bills by the metric, so the others stay at `/metrics`. */
const alarmMetrics: readonly string[] = [...new Set(alarms.map(({ metric }) => metric))].toSorted();

/** What the collector beside each service does: metrics of alarms to CloudWatch, traces to X-Ray. JSON is YAML. */
export function collectorConfig({ service, logGroup }: { service: ServiceName; logGroup: string }): string {
  return JSON.stringify({
    extensions: { health_check: { endpoint: '127.0.0.1:13133' } },
    receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:4318' } } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_mib: 100, spike_limit_mib: 25 },
      'filter/alarms': {
        error_mode: 'ignore',
        metrics: { metric: [`not IsMatch(name, "^(${alarmMetrics.join('|')})$")`] },
      },
      batch: {},
    },
    exporters: {
      awsemf: {
        namespace: metricNamespace,
        log_group_name: logGroup,
        log_stream_name: `${service}-{TaskId}`,
        dimension_rollup_option: 'NoDimensionRollup',
        metric_declarations: alarmMetrics.map((metric) => ({
          dimensions: dimensionsOf(metric),
          metric_name_selectors: [`^${metric}$`],
        })),
      },
      awsxray: {},
    },
    service: {
      extensions: ['health_check'],
      pipelines: {
        metrics: { receivers: ['otlp'], processors: ['memory_limiter', 'filter/alarms'], exporters: ['awsemf'] },
        traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['awsxray'] },
      },
    },
  });
}
