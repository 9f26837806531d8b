import { SecurityGroup, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** A group of the network stack, which has all its rules. CDK would add some here, a second time. */
export const unchanged = (scope: Construct, id: string, { securityGroupId }: ISecurityGroup): ISecurityGroup =>
  SecurityGroup.fromSecurityGroupId(scope, id, securityGroupId, { mutable: false });
