import type { ServiceName } from '@frontdesk/contracts';
import { Duration } from 'aws-cdk-lib';
import { ContainerImage, LogDriver, type FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { collectorConfig } from './collector-config.ts';

/** AWS's distribution of the OpenTelemetry collector. */
const collectorImage = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.47.0';

/** Where a service sends its telemetry: the collector in its own task. */
export const collectorEndpoint = 'http://127.0.0.1:4318';

export type Telemetry = { readonly logs: ILogGroup; readonly metrics: ILogGroup };

/** A collector beside the service. The service runs on when it fails. */
export function addCollector(
  task: FargateTaskDefinition,
  { service, logs, metrics }: Telemetry & { service: ServiceName },
): void {
  task.addContainer('collector', {
    image: ContainerImage.fromRegistry(collectorImage),
    essential: false,
    memoryLimitMiB: 128,
    environment: { AOT_CONFIG_CONTENT: collectorConfig({ service, logGroup: metrics.logGroupName }) },
    readonlyRootFilesystem: true,
    user: '4317',
    logging: LogDriver.awsLogs({ logGroup: logs, streamPrefix: 'collector' }),
    healthCheck: {
      command: ['CMD', '/healthcheck'],
      interval: Duration.seconds(30),
      startPeriod: Duration.seconds(20),
    },
  });
}

export const anyTraceReason = 'X-Ray knows no resources: whoever may send traces may send any.';

/** What the collector does in the name of the task. */
export const collectorPermissions = ({ metrics }: Telemetry): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'WriteMetrics',
    actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resources: [metrics.logGroupArn],
  }),
  new PolicyStatement({
    sid: 'SendTraces',
    actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    resources: ['*'],
  }),
];
