import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { startBedrockSimulator, type BedrockSimulator } from './bedrock-simulator.ts';
import { callsTools, says } from './script.ts';

const modelId = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
let simulator: BedrockSimulator;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  simulator = await startBedrockSimulator({ model: 'friendly' });
  client = new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });
});

afterAll(async () => {
  client.destroy();
  await simulator.stop();
});

beforeEach(() => {
  simulator.behave();
  simulator.use(() => says('Hello'));
});

const ask = (abortSignal?: AbortSignal) =>
  client.send(
    new ConverseCommand({
      modelId,
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      inferenceConfig: { maxTokens: 9 },
    }),
    abortSignal === undefined ? {} : { abortSignal },
  );

describe('the simulated Bedrock', () => {
  it('is understood by the SDK', async () => {
    expect(await ask()).toMatchObject({
      output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
      stopReason: 'end_turn',
      usage: { cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
    });
  });

  it('keeps what it was sent, with the model id decoded', async () => {
    await ask();
    expect(simulator.requests.at(-1)).toMatchObject({ modelId, body: { inferenceConfig: { maxTokens: 9 } } });
  });

  it('follows a script in its order and fails loudly at its end', async () => {
    simulator.use([callsTools({ name: 'find_times', id: 'a' }), says('At two?')]);
    expect((await ask()).stopReason).toBe('tool_use');
    expect((await ask()).stopReason).toBe('end_turn');
    await expect(ask()).rejects.toMatchObject({ name: 'InternalServerException' });
  });

  it.each([
    ['ThrottlingException', 429],
    ['ServiceUnavailableException', 503],
    ['InternalServerException', 500],
    ['ModelErrorException', 424],
    ['ModelTimeoutException', 408],
    ['AccessDeniedException', 403],
  ] as const)('answers with %s as often as it was told', async (type, httpStatusCode) => {
    simulator.misbehave({ kind: 'exception', type }, { times: 1 });
    await expect(ask()).rejects.toMatchObject({ name: type, $metadata: { httpStatusCode } });
    await ask();
  });

  it('cuts answers and empties them', async () => {
    simulator.misbehave({ kind: 'max-tokens' }, { times: 1 });
    simulator.misbehave({ kind: 'empty-text' }, { times: 1 });
    expect(await ask()).toMatchObject({ stopReason: 'max_tokens' });
    expect((await ask()).output?.message?.content).toEqual([{ text: '' }]);
  });

  it('leaves requests without an answer', async () => {
    simulator.misbehave({ kind: 'hang' }, { times: 1 });
    await expect(ask(AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('strikes only the requests that it was told to', async () => {
    simulator.misbehave({ kind: 'disconnect' }, { where: ({ body }) => body.messages.length > 1 });
    await ask();
  });

  it('refuses requests that are not signed, and other paths', async () => {
    const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });
    const unsigned = await fetch(`${simulator.url}/model/${modelId}/converse`, { method: 'POST', body });
    const elsewhere = await fetch(`${simulator.url}/model/${modelId}/invoke`, { method: 'POST', body });
    expect([unsigned.status, unsigned.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
    expect(elsewhere.status).toBe(404);
  });
});
