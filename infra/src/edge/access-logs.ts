import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acceptFindings } from '../support/accept-findings.ts';

/** Who asked the load balancer for what, for a year. Neither bodies nor headers are in it. */
export function accessLogs(scope: Construct): Bucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [{ expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(30) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const isTheLog =
    'This bucket is where access logs go. Logging the access to it into itself would grow for ever, and a second bucket would raise the same question.';
  acceptFindings(bucket, {
    'AwsSolutions-S1': isTheLog,
    'HIPAA.Security-S3BucketLoggingEnabled': isTheLog,
    'HIPAA.Security-S3DefaultEncryptionKMS':
      'Load balancers can write their access logs only into buckets with keys of S3 itself; with a key of KMS they write nothing.',
    'HIPAA.Security-S3BucketReplicationEnabled':
      'The logs say which address asked for which path. They hold no health information and no record that is kept nowhere else, so one region is enough.',
  });
  return bucket;
}
