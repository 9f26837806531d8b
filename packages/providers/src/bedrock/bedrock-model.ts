import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { Model, ModelAnswer, ModelRequest } from '@frontdesk/conversation/ports';
import { assertMayLeave, type Random } from '@frontdesk/kernel';
import { SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { modelAnswer } from './model-answer.ts';
import { bedrockFailure } from './bedrock-failure.ts';
import { converseInput, type ConverseSettings } from './converse-input.ts';
import { withAttempts } from './with-attempts.ts';

export type BedrockSettings = ConverseSettings & {
  region: string;
  /** Another address than AWS's own, such as a simulator's. */
  endpoint?: string;
  /** For one attempt. */
  requestTimeoutMs: number;
  /** How often a request is sent at most when Bedrock is busy or unwell; 2 when unset. */
  maxAttempts?: number;
  /** Connections open at once; 100 when unset. */
  maxConnections?: number;
  random?: Random;
};

/**
 * A Claude model on Amazon Bedrock, asked through Converse. Credentials come from the AWS default chain.
 * `close` ends its connections.
 */
export function bedrockModel(settings: BedrockSettings): Model & { close(): void } {
  const client = new BedrockRuntimeClient({
    region: settings.region,
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
    // Attempts are counted here, where they can be given up with the turn: the SDK sleeps on after an abort.
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 2_000,
      httpAgent: { maxSockets: settings.maxConnections ?? 100 },
      httpsAgent: { maxSockets: settings.maxConnections ?? 100 },
    }),
  });

  const send = async (input: ConverseCommandInput, signal: AbortSignal): Promise<ModelAnswer> => {
    assertMayLeave('ask the model');
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(settings.requestTimeoutMs)]);
    return modelAnswer(await client.send(new ConverseCommand(input), { abortSignal }));
  };

  const answer = async (request: ModelRequest, span: Span): Promise<ModelAnswer> => {
    const input = converseInput(request, settings);
    const { maxAttempts = 2, random = Math.random } = settings;
    return withAttempts(() => send(input, request.signal), {
      maxAttempts,
      random,
      signal: request.signal,
      onRetry: (attempt) => span.addEvent('retry', { attempt }),
    });
  };

  return {
    answer: (request) => inSpan(settings.modelId, (span) => answer(request, span)),
    close: () => client.destroy(),
  };
}

async function inSpan(modelId: string, work: (span: Span) => Promise<ModelAnswer>): Promise<ModelAnswer> {
  const tracer = trace.getTracer('@frontdesk/providers');
  const options = {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': modelId,
    },
  };
  return tracer.startActiveSpan('bedrock.converse', options, async (span) => {
    try {
      const answer = await work(span);
      span.setAttributes({
        'gen_ai.response.finish_reasons': [answer.stop],
        'gen_ai.usage.input_tokens': answer.usage.inputTokens,
        'gen_ai.usage.output_tokens': answer.usage.outputTokens,
        'gen_ai.usage.cache_read.input_tokens': answer.usage.cacheReadTokens,
        'gen_ai.usage.cache_creation.input_tokens': answer.usage.cacheWriteTokens,
      });
      return answer;
    } catch (error) {
      const failure = bedrockFailure(error);
      span.setAttribute('error.type', failure.code);
      span.setStatus({ code: SpanStatusCode.ERROR, message: failure.code });
      throw failure.error;
    } finally {
      span.end();
    }
  });
}
