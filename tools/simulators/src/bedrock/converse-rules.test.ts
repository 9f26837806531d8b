import { describe, expect, it } from '@jest/globals';
import { checkRequest } from './converse-rules.ts';
import { BedrockException, type ConverseBody } from './converse-wire.ts';

const haiku = 'us.anthropic.claude-haiku-5-5';
const sonnet = 'global.anthropic.claude-sonnet-5-5';
const older = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';

const hi = { role: 'user' as const, content: [{ text: 'Hi' }] };
const hello = { role: 'assistant' as const, content: [{ text: 'Hello' }] };
const calls = (...ids: string[]) => ({
  role: 'assistant' as const,
  content: ids.map((toolUseId) => ({ toolUse: { toolUseId, name: 'find_times', input: {} } })),
});
const results = (...ids: string[]) => ({
  role: 'user' as const,
  content: ids.map((toolUseId) => ({ toolResult: { toolUseId, content: [{ json: {} }], status: 'success' as const } })),
});
const toolConfig = { tools: [{ toolSpec: { name: 'find_times', inputSchema: { json: { type: 'object' } } } }] };

function refusal(body: Partial<ConverseBody>, modelId: string): string | null {
  try {
    checkRequest({ modelId, body: { messages: [hi], toolConfig, ...body } });
    return null;
  } catch (error) {
    if (error instanceof BedrockException) return `${error.status} ${error.type}`;
    throw error;
  }
}

/** Rows without a model id are about Haiku 5.5. */
const onModels = (rows: [string, Partial<ConverseBody>, string?][]): [string, Partial<ConverseBody>, string][] =>
  rows.map(([what, body, modelId = haiku]) => [what, body, modelId]);

const invalid = '400 ValidationException';

describe('Bedrock takes', () => {
  it.each(
    onModels([
      ['a question', {}],
      ['a question without a token limit', { inferenceConfig: {} }],
      ['calls that are all answered at once', { messages: [hi, calls('a', 'b'), results('b', 'a')] }],
      ['thinking disabled on Haiku 5.5', { additionalModelRequestFields: { thinking: { type: 'disabled' } } }],
      ['a forced tool on Haiku 5.5', { toolConfig: { ...toolConfig, toolChoice: { any: {} } } }],
      ['a temperature on an older model', { inferenceConfig: { temperature: 0.2 } }, older],
      ['a profile as an ARN', {}, `arn:aws:bedrock:us-east-1:1:inference-profile/${haiku}`],
      ['the bare id of an older model', {}, older.replace('us.', '')],
    ]),
  )('%s', (_what, body, modelId) => {
    expect(refusal(body, modelId)).toBeNull();
  });
});

describe('Bedrock refuses', () => {
  it.each(
    onModels([
      ['no messages', { messages: [] }],
      ['the model speaking first', { messages: [hello, hi] }],
      ['two messages of one side', { messages: [hi, hi] }],
      ['words put into the mouth of a 5.5 model', { messages: [hi, hello] }],
      ['an empty message', { messages: [{ role: 'user', content: [] }] }],
      ['a blank text', { messages: [{ role: 'user', content: [{ text: ' ' }] }] }],
      ['a call without its result', { messages: [hi, calls('a', 'b'), results('a')] }],
      ['a result without its call', { messages: [hi, calls('a'), results('a', 'b')] }],
      ['a result a message too late', { messages: [hi, calls('a'), hi, hello, results('a')] }],
      ['tool blocks without tools', { messages: [hi, calls('a'), results('a')], toolConfig: undefined }],
      ['a temperature on a 5.5 model', { inferenceConfig: { temperature: 0 } }],
      ['top_p on a 5.5 model', { inferenceConfig: { topP: 0.9 } }],
      ['a token limit of nothing', { inferenceConfig: { maxTokens: 0 } }],
      ['more tokens than the model gives', { inferenceConfig: { maxTokens: 128_001 } }],
      ['a forced tool on Sonnet 5.5', { toolConfig: { ...toolConfig, toolChoice: { any: {} } } }, sonnet],
      ['thinking disabled on Sonnet 5.5', { additionalModelRequestFields: { thinking: { type: 'disabled' } } }, sonnet],
      [
        'a thinking budget on a 5.5 model',
        { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 9 } } },
      ],
      ['five cache points', { system: Array.from({ length: 5 }, () => ({ cachePoint: { type: 'default' } })) }],
      ['the bare id of a 5.5 model', {}, 'anthropic.claude-haiku-5-5'],
    ]),
  )('%s', (_what, body, modelId) => {
    expect(refusal(body, modelId)).toBe(invalid);
  });

  it('a model that it does not have', () => {
    expect(refusal({}, 'us.anthropic.claude-haiku-9')).toBe('404 ResourceNotFoundException');
  });
});
