import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Environment } from '../environments.ts';

const retentionOf: Record<Environment['logDays'], RetentionDays> = {
  30: RetentionDays.ONE_MONTH,
  90: RetentionDays.THREE_MONTHS,
  365: RetentionDays.ONE_YEAR,
};

/** An encrypted log group that forgets after the days of its environment. */
export function logGroup(
  scope: Construct,
  id: string,
  { name, key, environment }: { name: string; key: IKey; environment: Environment },
): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName: name,
    encryptionKey: key,
    retention: retentionOf[environment.logDays],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
