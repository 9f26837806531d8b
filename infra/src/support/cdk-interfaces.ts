import type { ICluster, Cluster } from 'aws-cdk-lib/aws-ecs';
import type { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';

// CDK compiles its own classes without exactOptionalPropertyTypes: they declare `T | undefined` where their interfaces say
// `?: T`, so that a class is not its own interface here. These casts undo that and nothing else.
export const asVpc = (vpc: Vpc): IVpc => vpc as unknown as IVpc;
export const asCluster = (cluster: Cluster): ICluster => cluster as unknown as ICluster;
export const asSecret = (secret: Secret): ISecret => secret as unknown as ISecret;
export const asBucket = (bucket: Bucket): IBucket => bucket as unknown as IBucket;
