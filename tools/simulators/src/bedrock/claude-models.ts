import { BedrockException } from './converse-wire.ts';

/** What a Claude model on Bedrock refuses. */
export type ClaudeModel = {
  maxOutputTokens: number;
  takesSampling: boolean;
  takesForcedTools: boolean;
  mayDisableThinking: boolean;
  takesThinkingBudget: boolean;
  takesPrefill: boolean;
  /** Reached only through an inference profile (`us.`, `global.` …), never by its bare id. */
  needsProfile: boolean;
};

const classic: ClaudeModel = {
  maxOutputTokens: 64_000,
  takesSampling: true,
  takesForcedTools: true,
  mayDisableThinking: true,
  takesThinkingBudget: true,
  takesPrefill: true,
  needsProfile: false,
};
const modern: ClaudeModel = { ...classic, maxOutputTokens: 128_000, takesSampling: false };
const latest: ClaudeModel = { ...modern, takesThinkingBudget: false, takesPrefill: false, needsProfile: true };
const alwaysThinking = { takesForcedTools: false, mayDisableThinking: false };

const models: Record<string, ClaudeModel> = {
  'anthropic.claude-haiku-5-5': latest,
  'anthropic.claude-sonnet-5-5': { ...latest, ...alwaysThinking },
  'anthropic.claude-opus-5-5': { ...latest, ...alwaysThinking },
  'anthropic.claude-fable-5-1': { ...modern, ...alwaysThinking, takesPrefill: false },
  'anthropic.claude-opus-5': modern,
  'anthropic.claude-sonnet-5': modern,
  'anthropic.claude-opus-4-8': modern,
  'anthropic.claude-opus-4-7': modern,
  'anthropic.claude-opus-4-6-v1': { ...classic, maxOutputTokens: 128_000 },
  'anthropic.claude-sonnet-4-6': classic,
  'anthropic.claude-sonnet-4-5-20250929-v1:0': classic,
  'anthropic.claude-haiku-4-5-20251001-v1:0': classic,
};

const profile = /^(us|eu|jp|au|us-gov|global)\./;

/** The model behind an id, an inference profile or the ARN of either. */
export function claudeModel(modelId: string): ClaudeModel {
  const id = modelId.slice(modelId.lastIndexOf('/') + 1);
  const model = models[id.replace(profile, '')];
  if (model === undefined) {
    throw new BedrockException('ResourceNotFoundException', `The model ${modelId} could not be found.`);
  }
  if (model.needsProfile && !profile.test(id)) {
    throw new BedrockException(
      'ValidationException',
      `Invocation of model ID ${modelId} with on-demand throughput isn’t supported. ` +
        'Retry your request with the ID or ARN of an inference profile that contains this model.',
    );
  }
  return model;
}
