import type { ContentBlock, ConverseCommandOutput, StopReason } from '@aws-sdk/client-bedrock-runtime';
import type { AssistantContent, ModelAnswer } from '@frontdesk/conversation/ports';
import { TransientFailure } from '@frontdesk/kernel';
import { keepBlock } from './opaque-block.ts';

/** @throws TransientFailure when the answer holds no message or a tool call without id or name */
export function modelAnswer(output: Pick<ConverseCommandOutput, 'output' | 'stopReason' | 'usage'>): ModelAnswer {
  const blocks = output.output?.message?.content;
  if (!Array.isArray(blocks)) throw new TransientFailure('Bedrock: an answer without a message');
  const content = blocks.map(contentOf);
  return {
    content,
    stop: stopOf(output.stopReason, content),
    usage: {
      inputTokens: output.usage?.inputTokens ?? 0,
      outputTokens: output.usage?.outputTokens ?? 0,
      cacheReadTokens: output.usage?.cacheReadInputTokens ?? 0,
      cacheWriteTokens: output.usage?.cacheWriteInputTokens ?? 0,
    },
  };
}

function contentOf(block: ContentBlock): AssistantContent {
  if (block.text !== undefined) return { kind: 'text', text: block.text };
  if (block.toolUse !== undefined) {
    const { toolUseId, name, input } = block.toolUse;
    if (!toolUseId || !name) throw new TransientFailure('Bedrock: a tool call without id or name');
    return { kind: 'tool-call', call: { toolCallId: toolUseId, name, input } };
  }
  return { kind: 'opaque', value: keepBlock(block) };
}

/** Calls that come with any other reason than `tool_use` may be half of what the model meant. */
function stopOf(reason: StopReason | undefined, content: readonly AssistantContent[]): ModelAnswer['stop'] {
  const calls = content.some((part) => part.kind === 'tool-call');
  switch (reason) {
    case 'tool_use':
      return calls ? 'tools' : 'cut-off';
    case 'end_turn':
    case 'stop_sequence':
      return calls ? 'cut-off' : 'end';
    case 'max_tokens':
    case 'guardrail_intervened':
    case 'content_filtered':
    case 'malformed_model_output':
    case 'malformed_tool_use':
    case 'model_context_window_exceeded':
    case undefined:
    default:
      return 'cut-off';
  }
}
