import { createHmac, hash } from 'node:crypto';
import type { AwsCredentialIdentity } from '@smithy/types';

export type RequestToSign = {
  host: string;
  region: string;
  /** Signed and sent as they are, by lower-case name. */
  headers: Readonly<Record<string, string>>;
  body: string;
  credentials: AwsCredentialIdentity;
  now: Date;
};

/** The headers of a signed `POST /` to SQS: AWS Signature Version 4, at a third of what the SDK's signer costs. */
export function signRequest({
  host,
  region,
  body,
  credentials,
  now,
  ...request
}: RequestToSign): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).toSorted();
  const signed = names.join(';');
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = `POST\n/\n\n${lines}\n${signed}\n${hash('sha256', body)}`;
  const scope = `${day}/${region}/sqs/aws4_request`;
  const signature = createHmac('sha256', signingKey(secretAccessKey, day, region))
    .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical)}`)
    .digest('hex');
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
  return headers;
}

let known: { secret: string; day: string; region: string; key: Buffer } | undefined;

/** The same for a whole day, so the last one is kept. */
function signingKey(secret: string, day: string, region: string): Buffer {
  if (known?.secret !== secret || known.day !== day || known.region !== region) {
    const key = [day, region, 'sqs', 'aws4_request'].reduce<Buffer>(
      (above, part) => createHmac('sha256', above).update(part).digest(),
      Buffer.from(`AWS4${secret}`),
    );
    known = { secret, day, region, key };
  }
  return known.key;
}
