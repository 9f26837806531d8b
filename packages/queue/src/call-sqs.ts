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
import { fullJitter, PermanentFailure, setDeadline, TransientFailure } from '@frontdesk/kernel';
import { signRequest } from './sign-request.ts';

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
    const deadline = setDeadline(answerWithinMs + pollMs(input), signal);
    try {
      return await post(sqs, { queueUrl: input.QueueUrl ?? '', action, body }, deadline.signal);
    } catch (error) {
      if (deadline.isOver()) throw new TransientFailure(`SQS did not answer ${action} in time`);
      if (attempt === tries || error instanceof PermanentFailure || signal?.aborted === true) throw error;
      await sleep(fullJitter(attempt, backoff, Math.random), undefined, signal === undefined ? {} : { signal });
    } finally {
      deadline.lift();
    }
  }
}

const pollMs = (input: object) =>
  'WaitTimeSeconds' in input && typeof input.WaitTimeSeconds === 'number' ? input.WaitTimeSeconds * 1_000 : 0;

async function post(
  sqs: SQSClient,
  { queueUrl, action, body }: { queueUrl: string; action: string; body: string },
  abortSignal: AbortSignal,
): Promise<object> {
  const [credentials, region, address] = await Promise.all([
    sqs.config.credentials(),
    sqs.config.region(),
    addressOf(sqs, queueUrl),
  ]);
  const { protocol, hostname, port } = address;
  const headers = signRequest({
    host: port === undefined ? hostname : `${hostname}:${port}`,
    region,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` },
    body,
    credentials,
    now: new Date(),
  });
  headers['content-length'] = String(Buffer.byteLength(body));
  const request = { method: 'POST', protocol, hostname, port, path: '/', query: {}, headers, body };
  // The handler needs no more of a request than its data, though its type names a class.
  const { response } = await sqs.config.requestHandler.handle(request as never, { abortSignal });
  const answer = JSON.parse((await text(response.body)) || '{}') as { __type?: string }; // SQS's own JSON
  if (response.statusCode < 300) return answer;
  const code = answer.__type?.split('#').at(-1) ?? `status ${response.statusCode}`;
  const isOurs = response.statusCode < 500 && !/Throttl/.test(code);
  throw isOurs ? new PermanentFailure(`SQS refused: ${code}`) : new TransientFailure(`SQS failed: ${code}`);
}

type Address = { protocol: string; hostname: string; port?: number | undefined };

/** The endpoint that the client was given, else the host of the queue. */
async function addressOf(sqs: SQSClient, url: string): Promise<Address> {
  const { protocol, hostname, port } = (await sqs.config.endpoint?.()) ?? new URL(url);
  return { protocol, hostname, port: Number(port) || undefined };
}
