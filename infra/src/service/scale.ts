import { Duration, type Stack } from 'aws-cdk-lib';
import {
  CfnScalingPolicy,
  PredefinedMetric,
  ScalableTarget,
  ServiceNamespace,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Edge } from '../edge/edge-stack.ts';
import type { Environment } from '../environments.ts';
import { backlogPerTask } from './backlog-per-task.ts';
import type { ServiceDefinition } from './definition.ts';
import { consumesOf } from './task-permissions.ts';

const cooldown = { scaleOutCooldown: Duration.seconds(30), scaleInCooldown: Duration.minutes(5) };

export type ScaleOptions = {
  definition: ServiceDefinition;
  service: FargateService;
  environment: Environment;
  edge: Edge;
  /** Of a service that is reached from outside. */
  target: ApplicationTargetGroup | undefined;
};

/** Keeps as many tasks as the work needs: out within a minute, in slowly. */
export function scale(stack: Stack, { definition, service, environment, edge, target }: ScaleOptions): void {
  const { name, scaling } = definition;
  const { minTasks, maxTasks } = environment.services[name];
  const cluster = service.cluster.clusterName;
  const tasks = new ScalableTarget(stack, 'Tasks', {
    serviceNamespace: ServiceNamespace.ECS,
    resourceId: `service/${cluster}/${service.serviceName}`,
    scalableDimension: 'ecs:service:DesiredCount',
    minCapacity: minTasks,
    maxCapacity: maxTasks,
    role: Role.fromRoleArn(stack, 'ScalingRole', scalingRoleOf(environment)),
  });
  tasks.scaleToTrackMetric('Processor', {
    predefinedMetric: PredefinedMetric.ECS_SERVICE_AVERAGE_CPU_UTILIZATION,
    targetValue: 60,
    ...cooldown,
  });
  const consumed = consumesOf(name);
  if (scaling.by === 'requests' && target !== undefined) {
    tasks.scaleToTrackMetric('Requests', {
      predefinedMetric: PredefinedMetric.ALB_REQUEST_COUNT_PER_TARGET,
      resourceLabel: `${edge.loadBalancer.loadBalancerFullName}/${target.targetGroupFullName}`,
      targetValue: scaling.perTaskAndMinute,
      ...cooldown,
    });
  } else if (scaling.by === 'backlog' && consumed !== undefined) {
    new CfnScalingPolicy(stack, 'Backlog', {
      policyName: `${name}-backlog`,
      policyType: 'TargetTrackingScaling',
      scalingTargetId: tasks.scalableTargetId,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: scaling.messagesPerTask,
        scaleOutCooldown: cooldown.scaleOutCooldown.toSeconds(),
        scaleInCooldown: cooldown.scaleInCooldown.toSeconds(),
        customizedMetricSpecification: backlogPerTask({ context: consumed, cluster, service: service.serviceName }),
      },
    });
  } else {
    throw new Error(`${name} has nothing by which it could scale by ${scaling.by}`);
  }
}

/** AWS makes this role with the first service that scales. */
const scalingRoleOf = ({ account }: Environment) =>
  `arn:aws:iam::${account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`;
