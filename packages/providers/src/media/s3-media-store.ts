import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { MediaStore } from '@frontdesk/messaging/ports';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export type S3MediaSettings = {
  bucket: string;
  region: string;
  /** The KMS key that encrypts each file; S3's own when left out. */
  keyArn?: string | undefined;
  /** An emulator's address; S3 itself when left out. One without TLS is never AWS, and gets credentials that mean nothing. */
  endpoint?: string | undefined;
};

/** Keeps files in a bucket of S3, encrypted. */
export function s3MediaStore({ bucket, region, keyArn, endpoint }: S3MediaSettings): MediaStore & { close(): void } {
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(endpoint?.startsWith('http:') === true && {
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 2_000,
      requestTimeout: 15_000,
      throwOnRequestTimeout: true, // it would only warn
    }),
  });
  const encryption =
    keyArn === undefined
      ? { ServerSideEncryption: 'AES256' as const }
      : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: keyArn, BucketKeyEnabled: true };
  return {
    async put({ key, bytes, contentType }) {
      const file = { Bucket: bucket, Key: key, Body: bytes, ContentType: contentType, ...encryption };
      await client.send(new PutObjectCommand(file));
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    close: () => client.destroy(),
  };
}
