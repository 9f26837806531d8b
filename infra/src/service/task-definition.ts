import { Duration, type Stack } from 'aws-cdk-lib';
import {
  Capability,
  ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDriver,
  OperatingSystemFamily,
  type ContainerDefinitionOptions,
} from 'aws-cdk-lib/aws-ecs';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Data } from '../data/data-stack.ts';
import { mediaFilesArn } from '../data/media-bucket.ts';
import type { Environment } from '../environments.ts';
import type { Images } from '../images/images-stack.ts';
import { servicePort } from '../network/security-groups.ts';
import type { Queues } from '../queues/queues-stack.ts';
import { acceptFindings } from '../support/accept-findings.ts';
import { logGroup } from '../support/log-group.ts';
import { roleWith } from '../support/role-with.ts';
import { addCollector, anyTraceReason, collectorEndpoint, collectorPermissions } from '../telemetry/collector.ts';
import type { ServiceDefinition } from './definition.ts';
import { ecsSecret } from './ecs-secret.ts';
import { imageParameter } from './image-parameter.ts';
import { secretsOf } from './secrets-of.ts';
import { anyRepositoryReason, startPermissions } from './start-permissions.ts';
import { taskPermissions } from './task-permissions.ts';

/** A service stops within 25 s of SIGTERM, which is longer than a turn; ECS waits a little longer. Fargate allows 120 s. */
const stopTimeout = Duration.seconds(45);

export type TaskParts = {
  readonly environment: Environment;
  readonly data: Data;
  readonly queues: Queues;
  readonly images: Images;
  readonly logKey: IKey;
};

/** How a container is locked up: it cannot write to its disk, is not root and has no rights of the kernel. */
export const lockedUp = (scope: Construct) =>
  ({
    readonlyRootFilesystem: true,
    user: '1000:1000',
    linuxParameters: withoutCapabilities(scope),
  }) satisfies Partial<ContainerDefinitionOptions>;

function withoutCapabilities(scope: Construct): LinuxParameters {
  const parameters = new LinuxParameters(scope, 'Kernel', { initProcessEnabled: true });
  parameters.dropCapabilities(Capability.ALL);
  return parameters;
}

export const runtimePlatform = {
  cpuArchitecture: CpuArchitecture.X86_64,
  operatingSystemFamily: OperatingSystemFamily.LINUX,
};

/** What runs: the service and its collector, with their settings, secrets, roles and logs. */
export function taskDefinition(scope: Stack, definition: ServiceDefinition, parts: TaskParts): FargateTaskDefinition {
  const { environment, data, images, logKey } = parts;
  const { name } = definition;
  const { cpu, memoryMiB } = environment.services[name];
  const logs = logGroup(scope, 'Logs', { name: `/frontdesk/${name}/logs`, key: logKey, environment });
  const metrics = logGroup(scope, 'Metrics', { name: `/frontdesk/${name}/metrics`, key: logKey, environment });
  const secrets = secretsOf(definition, data);

  const principal = new ServicePrincipal('ecs-tasks.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': environment.account } },
  });
  const taskRole = roleWith(scope, 'TaskRole', {
    principal,
    statements: [...taskPermissions(definition, parts), ...collectorPermissions({ logs, metrics })],
    acceptedFindings: {
      'AwsSolutions-IAM5[Resource::*]': anyTraceReason,
      ...(definition.keepsMedia === true && {
        [`AwsSolutions-IAM5[Resource::${mediaFilesArn(environment)}]`]:
          'Files of patients have names that nobody knows before they come. The bucket holds nothing else.',
      }),
    },
  });
  const executionRole = roleWith(scope, 'StartRole', {
    principal,
    statements: startPermissions({
      repository: images[name],
      logs: [logs],
      secrets: secrets.read,
      secretsKey: data.key,
      region: environment.region,
    }),
    acceptedFindings: { 'AwsSolutions-IAM5[Resource::*]': anyRepositoryReason },
  });
  const task = new FargateTaskDefinition(scope, 'Task', {
    family: `frontdesk-${name}`,
    cpu,
    memoryLimitMiB: memoryMiB,
    taskRole,
    executionRole,
    runtimePlatform,
  });
  const image = imageParameter(scope, name, environment);
  task.addContainer('service', {
    ...lockedUp(scope),
    image: ContainerImage.fromRegistry(image),
    essential: true,
    environment: { ...commonSettings(environment, image), ...definition.settings.plain(environment) },
    secrets: Object.fromEntries(
      secrets.settings.map(({ setting, secret, field }) => [setting, ecsSecret(scope, setting, secret, field)]),
    ),
    portMappings: [{ containerPort: servicePort }],
    stopTimeout,
    healthCheck: {
      command: ['CMD', 'node', '-e', askHealth],
      interval: Duration.seconds(15),
      timeout: Duration.seconds(5),
      startPeriod: Duration.seconds(30),
      retries: 3,
    },
    logging: LogDriver.awsLogs({ logGroup: logs, streamPrefix: 'service' }),
  });
  acceptFindings(task, {
    'AwsSolutions-ECS2':
      'What stands in the task definition is not secret: the settings that the schema of the service marks secret come from Secrets Manager, and a test compares the two.',
  });
  addCollector(task, { service: name, logs, metrics });
  return task;
}

const askHealth = `fetch('http://127.0.0.1:${servicePort}/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;

const commonSettings = ({ name, region }: Environment, image: string): Record<string, string> => ({
  FRONTDESK_ENV: name,
  FRONTDESK_RELEASE: image,
  PORT: String(servicePort),
  AWS_REGION: region,
  OTEL_EXPORTER_OTLP_ENDPOINT: collectorEndpoint,
  OTLP_METRICS_FOR: 'cloudwatch',
});
