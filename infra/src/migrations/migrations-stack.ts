import { CfnOutput, Duration, type App } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, FargateTaskDefinition, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Data } from '../data/data-stack.ts';
import { authoritiesFile, loginNames } from '../data/database-logins.ts';
import { databaseName } from '../data/database.ts';
import type { Environment } from '../environments.ts';
import type { Images } from '../images/images-stack.ts';
import type { Network } from '../network/network-stack.ts';
import { ecsSecret } from '../service/ecs-secret.ts';
import { imageParameter } from '../service/image-parameter.ts';
import { anyRepositoryReason, startPermissions } from '../service/start-permissions.ts';
import { lockedUp, runtimePlatform } from '../service/task-definition.ts';
import { acceptFindings } from '../support/accept-findings.ts';
import { logGroup } from '../support/log-group.ts';
import { roleWith } from '../support/role-with.ts';
import { makeStack } from '../support/stack.ts';
import { migrationOutputs } from './migration-outputs.ts';

/**
 * The one-off task that brings the database to the newest migration and makes the logins. It alone has the owner's
 * password. It runs before a service that needs the migration is rolled out, and it only expands: what a running
 * version reads stays until a later release.
 */
export function migrationsStack(
  app: App,
  environment: Environment,
  { network, data, images }: { network: Network; data: Data; images: Images },
): void {
  const stack = makeStack(app, environment, 'migrations', 'The one-off task that migrates the database');
  const logs = logGroup(stack, 'Logs', { name: '/frontdesk/migrations/logs', key: network.logKey, environment });
  const principal = new ServicePrincipal('ecs-tasks.amazonaws.com');
  const executionRole = roleWith(stack, 'StartRole', {
    principal,
    statements: startPermissions({
      repository: images.migrations,
      logs: [logs],
      secrets: [data.ownerSecret, ...loginNames.map((name) => data.logins[name].url)],
      secretsKey: data.key,
      region: environment.region,
    }),
    acceptedFindings: { 'AwsSolutions-IAM5[Resource::*]': anyRepositoryReason },
  });
  const task = new FargateTaskDefinition(stack, 'Task', {
    family: 'frontdesk-migrations',
    cpu: 512,
    memoryLimitMiB: 1024,
    taskRole: roleWith(stack, 'TaskRole', { principal, statements: [] }),
    executionRole,
    runtimePlatform,
  });
  task.addContainer('migrations', {
    ...lockedUp(stack),
    image: ContainerImage.fromRegistry(imageParameter(stack, 'migrations', environment)),
    environment: {
      FRONTDESK_ENV: environment.name,
      AWS_REGION: environment.region,
      DATABASE_HOST: data.database.instanceEndpoint.hostname,
      DATABASE_NAME: databaseName,
      DATABASE_AUTHORITIES: authoritiesFile,
    },
    secrets: {
      DATABASE_OWNER: ecsSecret(stack, 'owner', data.ownerSecret, 'username'),
      DATABASE_OWNER_PASSWORD: ecsSecret(stack, 'owner-password', data.ownerSecret, 'password'),
      ...Object.fromEntries(
        loginNames.map((name) => [loginVariable(name), ecsSecret(stack, name, data.logins[name].url)]),
      ),
    },
    stopTimeout: Duration.seconds(120),
    logging: LogDriver.awsLogs({ logGroup: logs, streamPrefix: 'migrations' }),
  });
  acceptFindings(task, {
    'AwsSolutions-ECS2':
      'Where the database is and what it is called is not secret; what is, comes from Secrets Manager.',
  });
  const outputs = {
    [migrationOutputs.cluster]: network.cluster.clusterName,
    [migrationOutputs.task]: task.taskDefinitionArn,
    [migrationOutputs.subnets]: network.vpc
      .selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS })
      .subnetIds.join(),
    [migrationOutputs.securityGroup]: network.groups.migrations.securityGroupId,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
}

const loginVariable = (name: string) => `LOGIN_${name.replaceAll('-', '_').toUpperCase()}`;
