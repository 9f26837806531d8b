import type { App } from 'aws-cdk-lib';
import {
  CfnRoute,
  FlowLog,
  FlowLogDestination,
  FlowLogResourceType,
  FlowLogTrafficType,
  IpAddresses,
  SubnetType,
  Vpc,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Environment } from '../environments.ts';
import { asCluster, asVpc } from '../support/cdk-interfaces.ts';
import { acceptFindings } from '../support/accept-findings.ts';
import { allowLogs, encryptionKey } from '../support/encryption-key.ts';
import { logGroup } from '../support/log-group.ts';
import { makeStack } from '../support/stack.ts';
import { roleWith } from '../support/role-with.ts';
import { securityGroups, type SecurityGroups } from './security-groups.ts';
import { addEndpoints } from './endpoints.ts';

export type Network = {
  readonly vpc: IVpc;
  readonly groups: SecurityGroups;
  readonly cluster: ICluster;
  /** Encrypts every log group. */
  readonly logKey: IKey;
};

/** The network, who may talk to whom in it, and the cluster that the tasks run in. */
export function networkStack(app: App, environment: Environment): Network {
  const stack = makeStack(app, environment, 'network', 'Network, its flow logs and the ECS cluster');
  const logKey = encryptionKey(stack, 'LogKey', { description: 'Logs of Frontdesk' });
  allowLogs(logKey, environment);

  const made = new Vpc(stack, 'Vpc', {
    ipAddresses: IpAddresses.cidr('10.20.0.0/16'),
    availabilityZones: [...environment.availabilityZones],
    natGateways: environment.natGateways,
    restrictDefaultSecurityGroup: true,
    subnetConfiguration: [
      { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
      { name: 'tasks', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
      { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
  });
  acceptRoutesToTheInternet(made);
  const vpc = asVpc(made);
  logFlows(stack, vpc, logKey, environment);
  const groups = securityGroups(stack, vpc);
  addEndpoints(made, groups);
  const cluster = new Cluster(stack, 'Cluster', {
    vpc,
    clusterName: 'frontdesk',
    containerInsightsV2: ContainerInsights.ENABLED, // autoscaling divides the backlog by its count of running tasks
  });
  return { vpc, groups, cluster: asCluster(cluster), logKey };
}

function acceptRoutesToTheInternet(vpc: Vpc): void {
  const routes = vpc.publicSubnets.flatMap((subnet) =>
    subnet.node.findAll().filter((node) => node instanceof CfnRoute),
  );
  for (const route of routes) {
    acceptFindings(route, {
      'HIPAA.Security-VPCNoUnrestrictedRouteToIGW':
        'The public subnets hold the load balancer and the NAT gateways, which need this route. Tasks and data live in other subnets, which have none.',
    });
  }
}

function logFlows(scope: Construct, vpc: IVpc, key: IKey, environment: Environment): void {
  const group = logGroup(scope, 'FlowLogs', { name: '/frontdesk/network/flows', key, environment });
  const role = roleWith(scope, 'FlowLogRole', {
    principal: new ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    statements: [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        resources: [group.logGroupArn],
      }),
    ],
  });
  new FlowLog(scope, 'Flows', {
    resourceType: FlowLogResourceType.fromVpc(vpc),
    destination: FlowLogDestination.toCloudWatchLogs(group, role),
    trafficType: FlowLogTrafficType.ALL,
  });
}
