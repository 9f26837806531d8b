import { Duration } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { Environment } from '../environments.ts';
import { acceptFindings } from '../support/accept-findings.ts';

/** Daily copies in a vault of their own: they stay when the database is deleted, and nobody can shorten their time. */
export function backups(
  scope: Construct,
  { instance, key, environment }: { instance: DatabaseInstance; key: IKey; environment: Environment },
): void {
  const vault = new BackupVault(scope, 'Vault', {
    backupVaultName: 'frontdesk',
    encryptionKey: key,
    lockConfiguration: { minRetention: Duration.days(environment.database.backupDays) },
  });
  const plan = new BackupPlan(scope, 'BackupPlan', { backupVault: vault });
  plan.addRule(
    new BackupPlanRule({
      ruleName: 'daily',
      scheduleExpression: Schedule.cron({ minute: '0', hour: '10' }), // after the window of RDS itself
      deleteAfter: Duration.days(environment.database.backupDays),
    }),
  );
  plan.addSelection('Database', { resources: [BackupResource.fromRdsDatabaseInstance(instance)], role: role(scope) });
}

function role(scope: Construct): Role {
  const made = new Role(scope, 'BackupRole', {
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup')],
  });
  acceptFindings(made, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]':
      'The policy that AWS keeps for taking backups; only AWS Backup can assume the role, and only the database is selected.',
  });
  return made;
}
