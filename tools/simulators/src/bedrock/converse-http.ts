import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BedrockException, converseBody, type ConverseRequest } from './converse-wire.ts';

const maxBodyBytes = 20_000_000;
const converseRoute = /^\/model\/([^/]+)\/converse$/;

/** @throws BedrockException when it is no signed, readable Converse request */
export async function readRequest(incoming: IncomingMessage): Promise<ConverseRequest> {
  const modelId = converseRoute.exec(new URL(incoming.url ?? '/', 'http://simulator').pathname)?.[1];
  if (incoming.method !== 'POST' || modelId === undefined) {
    throw new BedrockException(
      'ResourceNotFoundException',
      'There is nothing here but POST /model/{modelId}/converse.',
    );
  }
  if (!/^(AWS4-HMAC-SHA256|Bearer) /.test(incoming.headers.authorization ?? '')) {
    throw new BedrockException('AccessDeniedException', 'The request is not signed.');
  }
  const body = converseBody.safeParse(parseJson(await readBody(incoming)));
  if (!body.success)
    throw new BedrockException('ValidationException', `Malformed input request: ${body.error.message}`);
  return { modelId: decodeURIComponent(modelId), body: body.data };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Without an encoding set, a request yields Buffers.
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes)
      throw new BedrockException('ValidationException', 'Input is too long for requested model.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const known =
    error instanceof BedrockException ? error : new BedrockException('InternalServerException', String(error));
  send(response, known.status, JSON.stringify({ message: known.message }), { 'x-amzn-errortype': known.type });
}

export function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers })
    .end(body);
}
