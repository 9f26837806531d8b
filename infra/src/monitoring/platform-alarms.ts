import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { HttpCodeElb } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Data } from '../data/data-stack.ts';
import type { Edge } from '../edge/edge-stack.ts';
import type { AlarmOptions } from './make-alarm.ts';

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
const gibibyte = 1024 ** 3;

/** Of what the services cannot see themselves: the load balancer without a task behind it, and the disk of Postgres. */
export function platformAlarms({ data, edge }: { data: Data; edge: Edge }): AlarmOptions[] {
  return [
    {
      name: 'edge-refuses',
      summary: 'The load balancer answers webhooks by itself with 5xx: no task of webhook-ingress is well',
      metric: edge.loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, { period: minute, statistic: 'Sum' }),
      above: 0,
      periods: 2,
      urgency: 'page',
      runbook: 'restore-the-database',
    },
    {
      name: 'database-disk',
      summary: 'Postgres has used its disk up to less than 10 GiB, and storage no longer grows by itself',
      metric: new MathExpression({
        expression: `10 - free / ${gibibyte}`,
        usingMetrics: { free: data.database.metricFreeStorageSpace({ statistic: 'Minimum', period: fiveMinutes }) },
        label: 'GiB below ten',
        period: fiveMinutes,
      }),
      above: 0,
      periods: 1,
      urgency: 'page',
      runbook: 'restore-the-database',
    },
    {
      name: 'database-busy',
      summary: 'Postgres has had no processor to spare for a quarter of an hour',
      metric: data.database.metricCPUUtilization({ statistic: 'Average', period: fiveMinutes }),
      above: 85,
      periods: 3,
      urgency: 'ticket',
      runbook: 'queue-backing-up',
    },
  ];
}
