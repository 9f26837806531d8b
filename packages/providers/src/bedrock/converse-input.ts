import type { CachePointBlock, ConverseCommandInput, Tool } from '@aws-sdk/client-bedrock-runtime';
import type { ModelRequest, ToolDefinition } from '@frontdesk/conversation/ports';
import { converseMessages } from './converse-messages.ts';
import { asDocument } from './document.ts';

export type ConverseSettings = {
  /** An inference profile such as `us.anthropic.claude-haiku-4-5-20251001-v1:0`. */
  modelId: string;
  /** Always sent: Bedrock reserves quota for it, and for the model's maximum when it is missing. */
  maxTokens: number;
  /** Only where the model allows it (not Sonnet 5.5, Opus 5.5 or Fable); the model's default when unset. */
  thinking?: 'disabled';
  /** How long the rules and tools, the same for all clinics, stay in the vendor's cache; an hour when unset. */
  cacheFor?: '5m' | '1h';
};

/** A request on the wire: tools and rules first, each closed by a cache point, then what changes from turn to turn. */
export function converseInput(request: ModelRequest, settings: ConverseSettings): ConverseCommandInput {
  const cachePoint: CachePointBlock = { type: 'default', ttl: settings.cacheFor ?? '1h' };
  return {
    modelId: settings.modelId,
    system: [{ text: request.rules }, { cachePoint }, { text: request.facts }],
    messages: converseMessages(request.turns),
    inferenceConfig: { maxTokens: settings.maxTokens },
    ...(request.tools.length === 0 ? {} : { toolConfig: { tools: [...request.tools.map(toolSpec), { cachePoint }] } }),
    ...(settings.thinking === undefined
      ? {}
      : { additionalModelRequestFields: { thinking: { type: settings.thinking } } }),
  };
}

function toolSpec({ name, description, inputSchema }: ToolDefinition): Tool {
  return { toolSpec: { name, description, inputSchema: { json: asDocument(inputSchema) } } };
}
