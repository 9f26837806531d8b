import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMisbehaviours } from '../wire/misbehaviour.ts';
import { readRequest, send, sendError } from './converse-http.ts';
import { checkRequest } from './converse-rules.ts';
import { BedrockException, type ConverseRequest, type SimulatedModel } from './converse-wire.ts';
import { friendlyModel } from './friendly/friendly-model.ts';
import { hostileModel } from './hostile/hostile-model.ts';
import { spoil, type BedrockMisbehaviour, type BedrockMisbehaviours } from './misbehaviour.ts';
import { createPromptCache } from './prompt-cache.ts';
import { scriptedModel, type Script } from './script.ts';

export type BedrockModelChoice = 'friendly' | 'hostile' | Script;

export type BedrockSimulator = {
  url: string;
  /** Every readable request, the refused ones too; the newest last, at most 10,000. */
  requests: readonly ConverseRequest[];
  use(model: BedrockModelChoice): void;
  misbehave: BedrockMisbehaviours['misbehave'];
  behave: BedrockMisbehaviours['behave'];
  stop(): Promise<void>;
};

const maxRequestsKept = 10_000;

/** Amazon Bedrock's Converse endpoint over HTTP/1.1, with a model of choice behind it. */
export async function startBedrockSimulator({
  model,
  port = 0,
  host = '127.0.0.1',
}: {
  model: BedrockModelChoice;
  port?: number;
  /** The address to listen on; this machine alone when left out. */
  host?: string;
}): Promise<BedrockSimulator> {
  const requests: ConverseRequest[] = [];
  const misbehaviours = createMisbehaviours<BedrockMisbehaviour, ConverseRequest>();
  const usageOf = createPromptCache();
  const stopping = new AbortController();
  let answer = modelOf(model);

  const converse = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const request = await readRequest(incoming);
    requests.push(request);
    if (requests.length > maxRequestsKept) requests.shift();
    const misbehaviour = misbehaviours.strike(request);
    if (misbehaviour?.kind === 'hang') return;
    if (misbehaviour?.kind === 'disconnect') return void incoming.socket.destroy();
    if (misbehaviour?.kind === 'malformed') return send(response, 200, '{"output":{"message":{"role":"assis');
    if (misbehaviour?.kind === 'delay') await sleep(misbehaviour.ms, undefined, { signal: stopping.signal });
    if (misbehaviour?.kind === 'exception') throw new BedrockException(misbehaviour.type, wordsOf[misbehaviour.type]);
    checkRequest(request);
    const reply = spoil(answer(request), misbehaviour);
    const body = {
      output: { message: { role: 'assistant', content: reply.content } },
      stopReason: reply.stopReason,
      usage: usageOf(request, reply),
      metrics: { latencyMs: Math.round(performance.now() - startedAt) },
    };
    send(response, 200, JSON.stringify(body));
  };

  const server = createServer((incoming, response) => {
    converse(incoming, response).catch((error: unknown) => sendError(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the Bedrock simulator has no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    use: (next) => {
      answer = modelOf(next);
    },
    misbehave: misbehaviours.misbehave,
    behave: misbehaviours.behave,
    stop: async () => {
      stopping.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function modelOf(choice: BedrockModelChoice): SimulatedModel {
  if (choice === 'friendly') return friendlyModel;
  if (choice === 'hostile') return hostileModel({ seed: 1 });
  return scriptedModel(choice);
}

const wordsOf = {
  ValidationException: 'The request is not valid.',
  AccessDeniedException: 'You do not have access to the model with the specified model ID.',
  ResourceNotFoundException: 'The model could not be found.',
  ModelTimeoutException: 'The model did not answer in time.',
  ModelErrorException: 'The model met an error.',
  ThrottlingException: 'Too many requests, please wait before trying again.',
  ModelNotReadyException: 'The model is not ready yet.',
  InternalServerException: 'The system met an unexpected error.',
  ServiceUnavailableException: 'Bedrock is unable to process your request.',
} as const;
