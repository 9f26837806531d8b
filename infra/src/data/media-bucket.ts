import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, StorageClass } from 'aws-cdk-lib/aws-s3';
import type { Environment } from '../environments.ts';
import { acceptFindings } from '../support/accept-findings.ts';
import { asBucket } from '../support/cdk-interfaces.ts';
import { encryptionKey } from '../support/encryption-key.ts';

const keyAlias = 'alias/frontdesk/media';

/** What messaging-worker is told of them. Known without the bucket, so that no stack waits for another's names. */
export const mediaSettings = ({ account, region }: Environment) => ({
  MEDIA_BUCKET: bucketName({ account, region }),
  MEDIA_KEY_ARN: `arn:aws:kms:${region}:${account}:${keyAlias}`,
});

/** Names of buckets are the world's, so the account is in it. */
const bucketName = ({ account, region }: Pick<Environment, 'account' | 'region'>): string =>
  `frontdesk-media-${account}-${region}`;

/** Every file in it, as rights name them. */
export const mediaFilesArn = (environment: Environment): string => `arn:aws:s3:::${bucketName(environment)}/*`;

/**
 * Where pictures and other files are that patients text: encrypted by a key of its own, which is returned, written over TLS by
 * messaging-worker alone, and never public.
 */
export function mediaBucket(stack: Stack, environment: Environment): IKey {
  const key = encryptionKey(stack, 'MediaKey', { description: 'Pictures that patients text' });
  key.addAlias(keyAlias);
  const bucket = new Bucket(stack, 'Media', {
    bucketName: bucketName(environment),
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    serverAccessLogsBucket: asBucket(log(stack)),
    lifecycleRules: [
      {
        abortIncompleteMultipartUploadAfter: Duration.days(1),
        // Looked at in the first days, if ever.
        transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) }],
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acceptFindings(bucket, {
    'HIPAA.Security-S3BucketVersioningEnabled':
      'What a person wants deleted must be gone: an older version would keep it. A file is written once, under a key that nothing else has.',
    'HIPAA.Security-S3BucketReplicationEnabled':
      'S3 keeps each file in several zones. The database, which alone says whose file it is, is in this region too; a copy elsewhere would be of no use without it.',
  });
  return key;
}

/** Who put and deleted what, for a year. */
function log(stack: Stack): Bucket {
  const bucket = new Bucket(stack, 'MediaAccess', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [{ expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(30) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acceptFindings(bucket, {
    'HIPAA.Security-S3DefaultEncryptionKMS':
      'S3 writes its access logs only into buckets with keys of S3 itself; with a key of KMS it writes nothing.',
    'HIPAA.Security-S3BucketReplicationEnabled':
      'The logs say which key was written when. They hold no health information and no record that is kept nowhere else, so one region is enough.',
  });
  return bucket;
}
