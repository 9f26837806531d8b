import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

export type SqsOptions = {
  /** An emulator's address; AWS itself when left out. Given here, it also wins over the host of each queue's URL. */
  endpoint?: string | undefined;
  /** That of the environment or the profile when left out. */
  region?: string | undefined;
};

const agentOptions = { keepAlive: true, maxSockets: 64 };

/** A client for SQS. An endpoint without TLS is never AWS, so it gets credentials that mean nothing. */
export function createSqs({ endpoint, region }: SqsOptions): SQSClient {
  return new SQSClient({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(endpoint?.startsWith('http:') === true
      ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
      : {}),
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 2_000,
      requestTimeout: 25_000, // longer than the longest poll
      throwOnRequestTimeout: true, // it would only warn
      httpAgent: new HttpAgent(agentOptions),
      httpsAgent: new HttpsAgent(agentOptions),
    }),
  });
}
