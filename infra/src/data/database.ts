import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CaCertificate,
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  ParameterGroup,
  PerformanceInsightRetention,
  PostgresEngineVersion,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Environment } from '../environments.ts';
import type { Network } from '../network/network-stack.ts';
import { acceptFindings } from '../support/accept-findings.ts';
import { logGroup } from '../support/log-group.ts';

export const databaseName = 'frontdesk';
const identifier = 'frontdesk';
const engine = DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_18_3 });

/** One writer and a standby in another zone. Restorable to any second of `backupDays`. */
export function database(
  scope: Construct,
  { environment, network, key }: { environment: Environment; network: Network; key: IKey },
): { instance: DatabaseInstance; ownerSecret: ISecret } {
  const { instanceClass, storageGiB, maxStorageGiB, backupDays } = environment.database;
  // Made here, so that they are encrypted and forget; RDS would make them plain and for ever.
  const logs = ['postgresql', 'upgrade'].map((kind) =>
    logGroup(scope, `Logs-${kind}`, {
      name: `/aws/rds/instance/${identifier}/${kind}`,
      key: network.logKey,
      environment,
    }),
  );
  const instance = new DatabaseInstance(scope, 'Postgres', {
    instanceIdentifier: identifier,
    databaseName,
    engine,
    instanceType: new InstanceType(instanceClass),
    vpc: network.vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [network.groups.database],
    publiclyAccessible: false,
    multiAz: true,
    credentials: Credentials.fromUsername('frontdesk_owner', { encryptionKey: key }),
    manageMasterUserPassword: true,
    caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
    parameterGroup: new ParameterGroup(scope, 'Parameters', { engine, parameters }),
    allocatedStorage: storageGiB,
    maxAllocatedStorage: maxStorageGiB,
    storageType: StorageType.GP3,
    storageEncrypted: true,
    storageEncryptionKey: key,
    backupRetention: Duration.days(backupDays),
    preferredBackupWindow: '08:00-09:00', // UTC: the night of the clinics
    preferredMaintenanceWindow: 'sun:09:30-sun:10:30',
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    autoMinorVersionUpgrade: true,
    cloudwatchLogsExports: ['postgresql', 'upgrade'],
    enablePerformanceInsights: true,
    performanceInsightEncryptionKey: key,
    performanceInsightRetention: PerformanceInsightRetention.DEFAULT,
    monitoringInterval: Duration.minutes(1),
    monitoringRole: monitoringRole(scope),
  });
  instance.node.addDependency(...logs);
  acceptFindings(instance, {
    'AwsSolutions-RDS11':
      'Another port would hide nothing: only the security groups of the services and of the migrations reach the database at all.',
  });
  return { instance, ownerSecret: ownersSecret(scope, instance) };
}

/** Refuses connections without TLS, and keeps what patients wrote, and their numbers, out of the logs. */
const parameters = {
  'rds.force_ssl': '1',
  log_statement: 'none',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse', // without DETAIL, which quotes values
  log_lock_waits: '1',
  idle_in_transaction_session_timeout: '60000',
  shared_preload_libraries: 'pg_stat_statements',
};

function ownersSecret(scope: Construct, instance: DatabaseInstance): ISecret {
  const { secret } = instance;
  if (secret === undefined) throw new Error('RDS manages the owner password, so there is a secret');
  return Secret.fromSecretCompleteArn(scope, 'OwnerSecret', secret.secretArn);
}

function monitoringRole(scope: Construct): Role {
  const role = new Role(scope, 'MonitoringRole', {
    assumedBy: new ServicePrincipal('monitoring.rds.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonRDSEnhancedMonitoringRole')],
  });
  acceptFindings(role, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]':
      'The policy that AWS keeps for this purpose: it writes to the log group of enhanced monitoring and nothing else.',
  });
  return role;
}
