import type { ServiceName } from '@frontdesk/contracts';
import { Duration, type Stack } from 'aws-cdk-lib';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationListenerRule,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  ListenerCondition,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Edge } from '../edge/edge-stack.ts';
import { routes, type PublicService } from '../edge/routes.ts';
import type { Environment } from '../environments.ts';
import type { Network } from '../network/network-stack.ts';
import { servicePort } from '../network/security-groups.ts';
import { unchanged } from '../support/unchanged.ts';

export const isPublic = (name: ServiceName): name is PublicService => name in routes;

export type PublishOptions = {
  service: FargateService;
  name: PublicService;
  environment: Environment;
  network: Network;
  edge: Edge;
};

/** Lets the load balancer send the service what its route allows, and nothing else. */
export function publish(stack: Stack, options: PublishOptions): ApplicationTargetGroup {
  const { service, name, environment, network, edge } = options;
  const { priority, paths, methods } = routes[name];
  const target = new ApplicationTargetGroup(stack, 'Target', {
    vpc: network.vpc,
    targetType: TargetType.IP,
    port: servicePort,
    protocol: ApplicationProtocol.HTTP,
    healthCheck: {
      // Not `/ready`: without SQS the service still stores what comes, which is its whole purpose.
      path: '/health',
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
    deregistrationDelay: Duration.seconds(20),
  });
  const rule = new ApplicationListenerRule(stack, 'Route', {
    listener: ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: edge.listener.listenerArn,
      securityGroup: unchanged(stack, 'LoadBalancerGroup', network.groups.loadBalancer),
    }),
    priority,
    conditions: [
      ListenerCondition.hostHeaders([environment.domain]),
      ListenerCondition.pathPatterns([...paths]),
      ListenerCondition.httpRequestMethods([...methods]),
    ],
    action: ListenerAction.forward([target]),
  });
  service.attachToApplicationTargetGroup(target);
  service.node.addDependency(rule); // ECS takes only targets that a load balancer has
  return target;
}
