import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import type {
  ChangeMessageVisibilityBatchRequest,
  DeleteMessageBatchRequest,
  ReceiveMessageRequest,
  ReceiveMessageResult,
  SendMessageBatchRequest,
  SendMessageBatchResult,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { fullJitter, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpRequest } from '@smithy/types';

/** The calls of the hot path, by the name that SQS gives them. */
type Actions = {
  SendMessageBatch: [SendMessageBatchRequest, SendMessageBatchResult];
  ReceiveMessage: [ReceiveMessageRequest, ReceiveMessageResult];
  DeleteMessageBatch: [DeleteMessageBatchRequest, unknown];
  ChangeMessageVisibilityBatch: [ChangeMessageVisibilityBatchRequest, unknown];
};

const tries = 3;
const backoff = { baseMs: 50, capMs: 1_000 };
/** Time for SQS to answer in full, besides the wait that a poll asks for. Its client alone would wait for ever. */
const answerWithinMs = 5_000;

/**
 * Calls SQS over the client's own connections, credentials and signature, without its middleware and schema, which cost
 * three times the processor time of the call itself. Repeats after a lost connection or a 5xx; each of these calls may be.
 * One that gets no whole answer in time is given up.
 * @throws TransientFailure or PermanentFailure with SQS's code, or the error of the connection
 */
export async function callSqs<Action extends keyof Actions>(
  sqs: SQSClient,
  action: Action,
  input: Actions[Action][0] & { QueueUrl: string | undefined },
  signal?: AbortSignal,
): Promise<Actions[Action][1]> {
  const body = JSON.stringify(input);
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    const tooLate = AbortSignal.timeout(answerWithinMs + pollMs(input));
    try {
      const request = await signed(sqs, await addressOf(sqs, input.QueueUrl ?? ''), action, body);
      return await answered(sqs, request, signal === undefined ? tooLate : AbortSignal.any([signal, tooLate]));
    } catch (error) {
      if (tooLate.aborted) throw new TransientFailure(`SQS did not answer ${action} in time`);
      if (attempt === tries || error instanceof PermanentFailure || signal?.aborted === true) throw error;
      await sleep(fullJitter(attempt, backoff, Math.random), undefined, signal === undefined ? {} : { signal });
    }
  }
}

const pollMs = (input: object) =>
  'WaitTimeSeconds' in input && typeof input.WaitTimeSeconds === 'number' ? input.WaitTimeSeconds * 1_000 : 0;

/** The endpoint that the client was given, else the host of the queue. */
async function addressOf(sqs: SQSClient, url: string): Promise<{ protocol: string; hostname: string; port?: number }> {
  const endpoint = await sqs.config.endpoint?.();
  if (endpoint !== undefined) {
    const { protocol, hostname, port } = endpoint;
    return { protocol, hostname, ...(port === undefined ? {} : { port }) };
  }
  const { protocol, hostname } = new URL(url);
  return { protocol, hostname };
}

const signers = new WeakMap<SQSClient, SignatureV4>();

async function signed(
  sqs: SQSClient,
  address: { protocol: string; hostname: string; port?: number },
  action: string,
  body: string,
): Promise<HttpRequest> {
  const { credentials, region, sha256 } = sqs.config;
  const signer =
    signers.get(sqs) ?? new SignatureV4({ credentials, region, sha256, service: 'sqs', applyChecksum: false });
  signers.set(sqs, signer);
  const request = await signer.sign({
    ...address,
    method: 'POST',
    path: '/',
    query: {},
    headers: {
      host: address.port === undefined ? address.hostname : `${address.hostname}:${address.port}`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
    },
    body,
  });
  request.headers['content-length'] = String(Buffer.byteLength(body));
  return request;
}

async function answered(sqs: SQSClient, request: HttpRequest, abortSignal: AbortSignal): Promise<object> {
  // The handler takes what the signer gives; their packages only name the type differently.
  const { response } = await sqs.config.requestHandler.handle(request as never, { abortSignal });
  const answer = JSON.parse((await text(response.body)) || '{}') as { __type?: string }; // SQS's own JSON
  if (response.statusCode < 300) return answer;
  const code = answer.__type?.split('#').at(-1) ?? `status ${response.statusCode}`;
  const isOurs = response.statusCode < 500 && !/Throttl/.test(code);
  throw isOurs ? new PermanentFailure(`SQS refused: ${code}`) : new TransientFailure(`SQS failed: ${code}`);
}
