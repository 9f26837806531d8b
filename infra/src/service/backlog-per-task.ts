import { contexts, type ContextName } from '@frontdesk/contracts';
import type { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';

/** Messages that wait in a queue, divided by the tasks that run. Needs the cluster's Container Insights. */
export const backlogPerTask = ({
  context,
  cluster,
  service,
}: {
  context: ContextName;
  cluster: string;
  service: string;
}): CfnScalingPolicy.CustomizedMetricSpecificationProperty => ({
  metrics: [
    {
      id: 'waiting',
      returnData: false,
      metricStat: {
        stat: 'Sum',
        metric: {
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensions: [{ name: 'QueueName', value: contexts[context].queue }],
        },
      },
    },
    {
      id: 'running',
      returnData: false,
      metricStat: {
        stat: 'Average',
        metric: {
          namespace: 'ECS/ContainerInsights',
          metricName: 'RunningTaskCount',
          dimensions: [
            { name: 'ClusterName', value: cluster },
            { name: 'ServiceName', value: service },
          ],
        },
      },
    },
    { id: 'backlog', expression: 'waiting / running', label: 'messages for each task', returnData: true },
  ],
});
