import { Duration, type App, type Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { Edge } from '../edge/edge-stack.ts';
import type { Network } from '../network/network-stack.ts';
import { makeStack } from '../support/stack.ts';
import { unchanged } from '../support/unchanged.ts';
import type { ServiceDefinition } from './definition.ts';
import { isPublic, publish } from './publish.ts';
import { scale } from './scale.ts';
import { taskDefinition, type TaskParts } from './task-definition.ts';

export type Shared = Omit<TaskParts, 'environment' | 'logKey'> & { readonly network: Network; readonly edge: Edge };

/** A service with everything that is its own, so that it deploys alone. */
export function serviceStack(
  app: App,
  environment: TaskParts['environment'],
  definition: ServiceDefinition,
  shared: Shared,
): Stack {
  const { name, summary } = definition;
  const { network, edge } = shared;
  const stack = makeStack(app, environment, name, summary);
  const service = new FargateService(stack, 'Service', {
    serviceName: name,
    cluster: network.cluster,
    taskDefinition: taskDefinition(stack, definition, { ...shared, environment, logKey: network.logKey }),
    assignPublicIp: false,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    securityGroups: [unchanged(stack, 'Group', network.groups.service[name])],
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
    enableExecuteCommand: false,
    ...(isPublic(name) ? { healthCheckGracePeriod: Duration.seconds(60) } : {}),
  });
  const target = isPublic(name) ? publish(stack, { service, name, environment, network, edge }) : undefined;
  scale(stack, { definition, service, environment, edge, target });
  return stack;
}
