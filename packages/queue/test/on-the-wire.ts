import { Readable } from 'node:stream';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** A call as it leaves the client, and its answer as it comes back: SQS's own JSON. */
export type WireCall = { action: string; input: Record<string, unknown> };
export type Answer = Record<string, unknown>;

/**
 * Stands between a client and SQS, beneath everything but the socket. `answer` may pass the call on with `next`, changed
 * or not, or answer for SQS. Undone by the returned function.
 */
export function intercept(
  sqs: SQSClient,
  answer: (call: WireCall, next: (input: Record<string, unknown>) => Promise<Answer>) => Promise<Answer>,
): () => void {
  const handler = sqs.config.requestHandler;
  const original = handler.handle;
  handler.handle = async (request, options) => {
    if (typeof request.body !== 'string') return original.call(handler, request, options); // the SDK's own commands
    const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    const call = { action, input: JSON.parse(request.body) as Record<string, unknown> }; // what the client wrote
    const next = async (input: Record<string, unknown>) => {
      const body = JSON.stringify(input);
      const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(body)) };
      const { response } = await original.call(handler, Object.assign(request, { body, headers }), options);
      const parts: Buffer[] = [];
      for await (const part of response.body) parts.push(part as Buffer); // the body is a stream of bytes
      return JSON.parse(Buffer.concat(parts).toString() || '{}') as Answer; // SQS's own JSON
    };
    const result = await answer(call, next);
    const body = Readable.from([Buffer.from(JSON.stringify(result))]);
    return { response: { statusCode: 200, headers: {}, body } } as never; // as much of an answer as a client reads
  };
  return () => {
    handler.handle = original;
  };
}
