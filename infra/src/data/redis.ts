import { SecretValue } from 'aws-cdk-lib';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Environment } from '../environments.ts';
import type { Network } from '../network/network-stack.ts';
import { acceptFindings } from '../support/accept-findings.ts';
import { asSecret } from '../support/cdk-interfaces.ts';
import { logGroup } from '../support/log-group.ts';
import { generatedPassword, secret } from './generated-secret.ts';

const rotation =
  'Rotated by raising tokenGeneration: ElastiCache then takes the new password beside the old one, so that tasks that run keep theirs until they are replaced. A schedule that changes it in place would cut them off.';

/** Alarm clocks of BullMQ. The truth of what is due is in Postgres, so what is lost here is only late. */
export function redis(
  scope: Construct,
  { environment, network, key }: { environment: Environment; network: Network; key: IKey },
): ISecret {
  const { nodeType, tokenGeneration } = environment.alarms;
  const token = generatedPassword(scope, `RedisPassword-${tokenGeneration}`, {
    key,
    description: 'Password of Redis',
    rotation,
  });
  const family = 'valkey8';
  const parameters = new CfnParameterGroup(scope, 'RedisParameters', {
    cacheParameterGroupFamily: family,
    description: 'BullMQ loses alarms when keys are evicted',
    properties: { 'maxmemory-policy': 'noeviction' },
  });
  const subnets = new CfnSubnetGroup(scope, 'RedisSubnets', {
    description: 'The subnets of data',
    subnetIds: network.vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
  });
  const logs = logGroup(scope, 'RedisLogs', { name: '/frontdesk/redis', key: network.logKey, environment });
  const group = new CfnReplicationGroup(scope, 'Redis', {
    replicationGroupId: 'frontdesk',
    replicationGroupDescription: 'Alarms of BullMQ',
    engine: 'valkey',
    engineVersion: '8.1',
    cacheNodeType: nodeType,
    cacheParameterGroupName: parameters.ref,
    cacheSubnetGroupName: subnets.ref,
    securityGroupIds: [network.groups.redis.securityGroupId],
    numCacheClusters: 2,
    multiAzEnabled: true,
    automaticFailoverEnabled: true,
    atRestEncryptionEnabled: true,
    kmsKeyId: key.keyArn,
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    authToken: token.unsafeUnwrap(), // a reference, not the password
    autoMinorVersionUpgrade: true,
    snapshotRetentionLimit: 15,
    snapshotWindow: '08:00-09:00',
    preferredMaintenanceWindow: 'sun:09:30-sun:10:30',
    logDeliveryConfigurations: ['slow-log', 'engine-log'].map((logType) => ({
      logType,
      logFormat: 'json',
      destinationType: 'cloudwatch-logs',
      destinationDetails: { cloudWatchLogsDetails: { logGroup: logs.logGroupName } },
    })),
  });
  acceptFindings(group, {
    'AwsSolutions-AEC5':
      'Another port would hide nothing: only the security groups of two services reach Redis at all, with TLS and a password.',
  });
  const url = secret(scope, 'RedisUrl', {
    secretName: 'frontdesk/redis-url',
    description: 'Where BullMQ finds Redis, with the password',
    encryptionKey: key,
    rotation,
    secretStringValue: SecretValue.unsafePlainText(
      `rediss://:${token.unsafeUnwrap()}@${group.attrPrimaryEndPointAddress}:6379`,
    ),
  });
  return asSecret(url);
}
