import { contexts } from '@frontdesk/contracts';
import { alarms } from '@frontdesk/operations';
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace } from '../telemetry/collector-config.ts';

type TableAlarm = (typeof alarms)[number];

/** An alarm of the table for one value of the label by which it is divided. */
export type SingleAlarm = { readonly alarm: TableAlarm; readonly of: string | undefined; readonly name: string };

/** Every alarm of the table, each queue and each producer by itself. */
export const singleAlarms: readonly SingleAlarm[] = alarms.flatMap((alarm): SingleAlarm[] =>
  alarm.each === 'none'
    ? [{ alarm, of: undefined, name: alarm.name }]
    : alarm.each.of.map((of) => ({ alarm, of, name: `${alarm.name}-${of}` })),
);

const statistics = { maximum: 'Maximum', sum: 'Sum', count: 'SampleCount', p95: 'p95' } as const;

/** What the alarm looks at: what AWS measures by itself, where it does, else what the services send. */
export function metricOf({ alarm, of }: SingleAlarm): IMetric {
  const period = Duration.minutes(alarm.periodMinutes);
  const statistic = statistics[alarm.statistic];
  if (alarm.aws !== undefined && of !== undefined) {
    const { namespace, metric, of: which } = alarm.aws;
    const { [which]: QueueName } = contexts[of as keyof typeof contexts]; // alarms of AWS are divided by queue
    return new Metric({ namespace, metricName: metric, dimensionsMap: { QueueName }, statistic, period });
  }
  const labels = alarm.each === 'none' || of === undefined ? {} : { [alarm.each.label]: of };
  const series = seriesOf(alarm.where).map(
    (where) =>
      new Metric({
        namespace: metricNamespace,
        metricName: alarm.metric,
        dimensionsMap: { ...where, ...labels },
        statistic,
        period,
      }),
  );
  const [only] = series;
  return series.length === 1 && only !== undefined ? only : together(series, period);
}

/** One set of labels for each combination of the values that count. */
function seriesOf(where: TableAlarm['where']): Record<string, string>[] {
  return Object.entries(where).reduce<Record<string, string>[]>(
    (sets, [label, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [label]: value }))),
    [{}],
  );
}

/** Their sum. A series that was silent counts as nothing. */
function together(series: Metric[], period: Duration): MathExpression {
  const named = series.map((metric, index) => [`m${index}`, metric] as const);
  return new MathExpression({
    expression: named.map(([id]) => `FILL(${id}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(named),
    period,
  });
}
