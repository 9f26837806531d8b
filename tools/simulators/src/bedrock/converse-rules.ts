import { claudeModel, type ClaudeModel } from './claude-models.ts';
import { BedrockException, type ContentBlock, type ConverseBody, type ConverseRequest } from './converse-wire.ts';

const maxCachePoints = 4;

/** Refuses what Bedrock refuses. @throws BedrockException */
export function checkRequest({ modelId, body }: ConverseRequest): void {
  const model = claudeModel(modelId);
  checkModelFields(body, model);
  checkMessages(body, model);
  checkToolPairs(body);
  checkCachePoints(body);
}

function refuse(message: string): never {
  throw new BedrockException('ValidationException', message);
}

function checkModelFields(body: ConverseBody, model: ClaudeModel): void {
  const { maxTokens, temperature, topP } = body.inferenceConfig ?? {};
  if (maxTokens !== undefined && (!Number.isInteger(maxTokens) || maxTokens < 1 || maxTokens > model.maxOutputTokens)) {
    refuse(`The maximum tokens you requested is not between 1 and the model limit of ${model.maxOutputTokens}.`);
  }
  const more = body.additionalModelRequestFields ?? {};
  if (!model.takesSampling && (temperature ?? topP ?? more['top_k']) !== undefined) {
    refuse('temperature, top_p and top_k are not supported for this model.');
  }
  const choice = body.toolConfig?.toolChoice ?? {};
  if (!model.takesForcedTools && ('any' in choice || 'tool' in choice)) {
    refuse('tool_choice: forced tool use is not supported for this model.');
  }
  const thinking = more['thinking'];
  if (typeof thinking !== 'object' || thinking === null) return;
  if (!model.mayDisableThinking && 'type' in thinking && thinking.type === 'disabled') {
    refuse('thinking: disabled is not supported for this model.');
  }
  if (!model.takesThinkingBudget && 'budget_tokens' in thinking) {
    refuse('thinking: budget_tokens is not supported for this model.');
  }
}

function checkMessages({ messages }: ConverseBody, model: ClaudeModel): void {
  if (messages.length === 0 || messages[0]?.role !== 'user') {
    refuse(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
  for (const [index, { role, content }] of messages.entries()) {
    if (role === messages[index - 1]?.role) {
      refuse('A conversation must alternate between user and assistant roles.');
    }
    if (content.length === 0) refuse(`The content field in the Message object at messages.${index} is empty.`);
    const blank = content.findIndex((block) => block.text !== undefined && block.text.trim() === '');
    if (blank !== -1) {
      refuse(`The text field in the ContentBlock object at messages.${index}.content.${blank} is blank.`);
    }
  }
  if (!model.takesPrefill && messages.at(-1)?.role === 'assistant') {
    refuse('This model does not support assistant message prefill. The conversation must end with a user message.');
  }
}

/** Each call is answered in the very next user message, all of a message's calls together, and nothing else is. */
function checkToolPairs({ messages, toolConfig }: ConverseBody): void {
  for (const [index, { role, content }] of messages.entries()) {
    const before = messages[index - 1];
    const calls = before?.role === 'assistant' ? before.content.flatMap(callId) : [];
    const results = content.flatMap(resultId);
    if (role === 'assistant' && results.length > 0) refuse('toolResult blocks belong into user messages.');
    if (role === 'user' && content.some((block) => block.toolUse !== undefined)) {
      refuse('toolUse blocks belong into assistant messages.');
    }
    if (role === 'user') checkPairs(index, calls, results);
    if (toolConfig === undefined && (calls.length > 0 || results.length > 0)) {
      refuse('The toolConfig field must be defined when using toolUse and toolResult content blocks.');
    }
  }
}

function checkPairs(index: number, calls: string[], results: string[]): void {
  const missing = calls.filter((id) => !results.includes(id));
  if (missing.length > 0) {
    refuse(`Expected toolResult blocks at messages.${index}.content for the following Ids: ${missing.join(', ')}`);
  }
  if (results.length > calls.length || results.some((id) => !calls.includes(id))) {
    refuse(
      `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
    );
  }
}

const callId = (block: ContentBlock): string[] => (block.toolUse === undefined ? [] : [block.toolUse.toolUseId]);
const resultId = (block: ContentBlock): string[] =>
  block.toolResult === undefined ? [] : [block.toolResult.toolUseId];

function checkCachePoints({ messages, system = [], toolConfig }: ConverseBody): void {
  const blocks = [...system, ...(toolConfig?.tools ?? []), ...messages.flatMap(({ content }) => content)];
  const count = blocks.filter((block) => block.cachePoint !== undefined).length;
  if (count > maxCachePoints)
    refuse(`At most ${maxCachePoints} cachePoint blocks are allowed per request; got ${count}.`);
}
