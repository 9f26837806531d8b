import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentFailure, TransientFailure, present } from '@frontdesk/kernel';
import type { ModelRequest } from '@frontdesk/conversation/ports';
import { callsTools, says, startBedrockSimulator, type BedrockSimulator, type Script } from '@frontdesk/simulators';
import { bedrockModel } from './bedrock-model.ts';

const modelId = 'us.anthropic.claude-haiku-5-5';
const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

const request: ModelRequest = {
  rules: 'You are the front desk.',
  facts: '{"clinic":{"name":"Radiance"}}',
  turns: [{ role: 'user', content: [{ kind: 'text', text: 'Any Botox opening Monday?' }] }],
  tools: [{ name: 'find_times', description: 'Free times.', inputSchema: { type: 'object', properties: {} } }],
  signal: new AbortController().signal,
};

let simulator: BedrockSimulator;
let model: ReturnType<typeof bedrockModel>;

beforeAll(async () => {
  Object.assign(process.env, credentials);
  simulator = await startBedrockSimulator({ model: [] });
  model = bedrockModel({
    region: 'us-east-1',
    endpoint: simulator.url,
    modelId,
    maxTokens: 800,
    requestTimeoutMs: 300,
    random: () => 0,
  });
});

afterAll(async () => {
  model.close();
  await simulator.stop();
});

beforeEach(() => {
  simulator.behave();
});

const script = (replies: Script) => simulator.use(replies);
const lastBody = () => present(simulator.requests.at(-1), 'a request').body;

describe('what Bedrock is sent', () => {
  it('is the rules up to a cache point, then the facts, the tools up to a cache point, and always a token limit', async () => {
    script([says('Hello')]);
    await model.answer(request);

    expect(simulator.requests.at(-1)?.modelId).toBe(modelId);
    expect(lastBody()).toEqual({
      system: [{ text: request.rules }, { cachePoint: { type: 'default', ttl: '1h' } }, { text: request.facts }],
      messages: [{ role: 'user', content: [{ text: 'Any Botox opening Monday?' }] }],
      inferenceConfig: { maxTokens: 800 },
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'find_times',
              description: 'Free times.',
              inputSchema: { json: { type: 'object', properties: {} } },
            },
          },
          { cachePoint: { type: 'default', ttl: '1h' } },
        ],
      },
    });
  });

  it('switches thinking off only when configured', async () => {
    script([says('Hello')]);
    const quiet = bedrockModel({
      region: 'us-east-1',
      endpoint: simulator.url,
      modelId,
      maxTokens: 800,
      requestTimeoutMs: 1_000,
      thinking: 'disabled',
    });
    await quiet.answer(request);
    quiet.close();
    expect(lastBody().additionalModelRequestFields).toEqual({ thinking: { type: 'disabled' } });
  });
});

describe('an answer', () => {
  it('is the text, wherever it stands among the blocks', async () => {
    script([
      {
        content: [{ reasoningContent: { reasoningText: { text: 'hm', signature: 's1' } } }, { text: 'Yes, at two.' }],
        stopReason: 'end_turn',
      },
    ]);
    const answer = await model.answer(request);
    expect(answer.stop).toBe('end');
    expect(answer.content.find((part) => part.kind === 'text')).toEqual({ kind: 'text', text: 'Yes, at two.' });
  });

  it('waits for results when it calls tools', async () => {
    script([callsTools({ name: 'find_times', input: { from_date: '2026-11-23' }, id: 'tu_1' })]);
    expect(await model.answer(request)).toMatchObject({
      stop: 'tools',
      content: [
        { kind: 'tool-call', call: { toolCallId: 'tu_1', name: 'find_times', input: { from_date: '2026-11-23' } } },
      ],
    });
  });

  it.each([
    ['end_turn', 'end'],
    ['stop_sequence', 'end'],
    ['max_tokens', 'cut-off'],
    ['guardrail_intervened', 'cut-off'],
    ['content_filtered', 'cut-off'],
    ['malformed_model_output', 'cut-off'],
    ['malformed_tool_use', 'cut-off'],
    ['model_context_window_exceeded', 'cut-off'],
    ['a reason of next year', 'cut-off'],
    ['tool_use', 'cut-off'],
  ])('that stopped for %s without calls counts as %s', async (stopReason, stop) => {
    script([{ content: [{ text: 'Hello' }], stopReason }]);
    expect(await model.answer(request)).toMatchObject({ stop });
  });

  it('does not run calls that were cut off', async () => {
    script([{ ...callsTools({ name: 'hold_time' }), stopReason: 'max_tokens' }]);
    expect(await model.answer(request)).toMatchObject({ stop: 'cut-off' });
  });

  it('counts tokens, cached ones apart', async () => {
    const long = { ...request, rules: 'Be kind. '.repeat(400) };
    script([says('Hello'), says('Hello')]);
    const first = await model.answer(long);
    const second = await model.answer({ ...long, facts: '{"clinic":{"name":"Another"}}' });
    expect(first.usage).toMatchObject({ cacheReadTokens: 0 });
    expect(first.usage.cacheWriteTokens).toBeGreaterThan(512);
    expect(second.usage).toMatchObject({ cacheReadTokens: first.usage.cacheWriteTokens, cacheWriteTokens: 0 });
  });

  it('goes back with its reasoning unchanged after it was stored as JSON', async () => {
    const blocks = [
      { reasoningContent: { reasoningText: { text: 'They want Monday.', signature: 'sig==' } } },
      { reasoningContent: { redactedContent: Buffer.from('secret').toString('base64') } },
      { futureBlock: { kept: true } },
      { text: 'One moment.' },
      { toolUse: { toolUseId: 'tu_9', name: 'find_times', input: { days: ['monday'] } } },
    ];
    script([{ content: blocks, stopReason: 'tool_use' }, says('Monday at two?')]);
    const answer = await model.answer(request);
    const stored: typeof answer = JSON.parse(JSON.stringify(answer));
    await model.answer({
      ...request,
      turns: [
        ...request.turns,
        { role: 'assistant', content: stored.content },
        { role: 'user', content: [{ kind: 'tool-result', toolCallId: 'tu_9', result: { times: [] }, isError: false }] },
      ],
    });
    expect(lastBody().messages[1]).toEqual({ role: 'assistant', content: blocks });
  });
});

describe('a failure', () => {
  it.each([
    ['ThrottlingException', TransientFailure, 2],
    ['ModelNotReadyException', TransientFailure, 2],
    ['ServiceUnavailableException', TransientFailure, 2],
    ['InternalServerException', TransientFailure, 2],
    ['ModelTimeoutException', TransientFailure, 2],
    ['ModelErrorException', TransientFailure, 2],
    ['ValidationException', PermanentFailure, 1],
    ['AccessDeniedException', PermanentFailure, 1],
    ['ResourceNotFoundException', PermanentFailure, 1],
  ] as const)('of type %s is a %p after the right number of attempts', async (type, kind, attempts) => {
    script(() => says('Hello'));
    simulator.misbehave({ kind: 'exception', type });
    const before = simulator.requests.length;
    const failure = await model.answer(request).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(String(failure)).toContain(type);
    expect(simulator.requests.length - before).toBe(attempts);
  });

  it('that passes is not noticed', async () => {
    script([says('Hello')]);
    simulator.misbehave({ kind: 'exception', type: 'ThrottlingException' }, { times: 1 });
    expect(await model.answer(request)).toMatchObject({ stop: 'end' });
  });

  it.each(['hang', 'disconnect', 'malformed'] as const)('by %s is transient', async (kind) => {
    script([]);
    simulator.misbehave({ kind });
    await expect(model.answer(request)).rejects.toBeInstanceOf(TransientFailure);
  });

  it('by the end of the turn comes at once, without another attempt', async () => {
    simulator.misbehave({ kind: 'hang' });
    const before = simulator.requests.length;
    await expect(model.answer({ ...request, signal: AbortSignal.timeout(50) })).rejects.toBeInstanceOf(
      TransientFailure,
    );
    expect(simulator.requests.length - before).toBe(1);
  });

  it('never repeats what the patient or the clinic said', async () => {
    script(() => {
      throw new Error('Any Botox opening Monday?');
    });
    const failure = await model.answer(request).catch((error: unknown) => error);
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('Botox');
  });

  it('with nobody at the address is transient', async () => {
    const lost = bedrockModel({
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9',
      modelId,
      maxTokens: 10,
      requestTimeoutMs: 1_000,
    });
    await expect(lost.answer(request)).rejects.toBeInstanceOf(TransientFailure);
    lost.close();
  });
});
