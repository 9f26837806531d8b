import { GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, type Vpc } from 'aws-cdk-lib/aws-ec2';
import type { SecurityGroups } from './security-groups.ts';

const interfaces = {
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrImages: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Secrets: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  Queues: InterfaceVpcEndpointAwsService.SQS,
  Model: InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME,
  Traces: InterfaceVpcEndpointAwsService.XRAY,
};

/** What tasks ask of AWS stays in the network. Only calls to Telnyx and Square leave it. */
export function addEndpoints(vpc: Vpc, groups: SecurityGroups): void {
  vpc.addGatewayEndpoint('Objects', { service: GatewayVpcEndpointAwsService.S3 }); // layers of images
  for (const [id, service] of Object.entries(interfaces)) {
    vpc.addInterfaceEndpoint(id, { service, securityGroups: [groups.endpoints], open: false, privateDnsEnabled: true });
  }
}
